package io.tocsin.alerting.healing;

import io.tocsin.schemas.HealPlan;
import io.tocsin.schemas.Probe;
import io.tocsin.schemas.exchange.Received;
import io.tocsin.schemas.exchange.TopicReader;
import io.tocsin.schemas.topic.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.errors.WakeupException;

/** Plans and probes from their topics. */
final class KafkaFeed implements Feed {

  private final TopicReader reader;

  KafkaFeed(TopicReader reader) {
    this.reader = reader;
  }

  @Override
  public Batch poll(Duration timeout) {
    List<Probe> probes = new ArrayList<>();
    List<HealPlan> plans = new ArrayList<>();
    try {
      for (Received<?> received : reader.poll(timeout)) {
        received.as(Topics.PROBES).ifPresent(probes::add);
        received.as(Topics.HEAL_PLANS).ifPresent(plans::add);
      }
    } catch (WakeupException woken) {
      return Batch.of(List.of(), List.of());
    }
    return Batch.of(probes, plans);
  }

  @Override
  public void commit() {
    reader.commit();
  }

  @Override
  public void rewind() {
    reader.rewind();
  }

  @Override
  public void wakeUp() {
    reader.wakeUp();
  }

  @Override
  public void close() {
    reader.close();
  }
}
