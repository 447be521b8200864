package io.tocsin.streams.topology;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.tocsin.schemas.Sample;
import io.tocsin.streams.window.EventTime;
import java.time.Clock;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.processor.TimestampExtractor;

/** The time of a sample, by {@link EventTime}; clamped ones are counted. */
final class SampleTime implements TimestampExtractor {

  private final Clock clock;
  private final Counter skewed;

  SampleTime(Clock clock, MeterRegistry meters) {
    this.clock = clock;
    this.skewed =
        Counter.builder("tocsin.streams.skewed")
            .description("samples from the future, counted at the time of their arrival")
            .tag("reason", "ahead")
            .register(meters);
  }

  @Override
  public long extract(ConsumerRecord<Object, Object> record, long partitionTime) {
    if (!(record.value() instanceof Sample sample)) {
      // An empty record: the processor refuses it, and no time at all would drop it unseen.
      return Math.max(0, record.timestamp());
    }
    long claimedAt = sample.getAt().toEpochMilli();
    long wall = clock.millis();
    if (EventTime.isAhead(claimedAt, wall)) {
      skewed.increment();
    }
    return EventTime.of(claimedAt, wall);
  }
}
