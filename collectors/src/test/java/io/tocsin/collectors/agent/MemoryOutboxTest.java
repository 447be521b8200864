package io.tocsin.collectors.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tocsin.schemas.Examples;
import io.tocsin.schemas.Health;
import io.tocsin.schemas.Probe;
import io.tocsin.schemas.topic.Topics;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MemoryOutboxTest {

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final RecordingPublisher publisher = new RecordingPublisher();
  private final MemoryOutbox outbox = new MemoryOutbox(publisher, 3, new Counts(meters));

  @AfterEach
  void letGo() {
    publisher.gate.countDown();
    outbox.close();
  }

  @Test
  void whatIsPutIsPublishedInOrder() {
    put(0, 3);
    outbox.start();

    await().until(() -> publisher.published.size() == 3);
    assertThat(publisher.of(Probe.class))
        .extracting(probe -> probe.getOrigin().getSequence())
        .containsExactly(0L, 1L, 2L);
    // Counted once the publisher has said that it has it.
    await().untilAsserted(() -> assertThat(sent()).isEqualTo(3));
  }

  @Test
  void whenItIsFullTheOldestGoes() {
    put(0, 5);
    outbox.start();

    await().until(() -> publisher.published.size() == 3);
    assertThat(publisher.of(Probe.class))
        .extracting(probe -> probe.getOrigin().getSequence())
        .containsExactly(2L, 3L, 4L);
    assertThat(dropped("overflow")).isEqualTo(2);
  }

  @Test
  void eachFailureIsCountedUnderItsReasonAndSendingGoesOn() {
    outbox.start();
    fail(new TimeoutException("no broker"), "broker-timeout");
    fail(new SerializationException("no schema"), "schema");
    fail(new RecordTooLargeException("too large"), "too-large");
    fail(new KafkaException("else"), "send-failed");
    fail(new IllegalStateException("closed"), "send-failed");

    publisher.failure = null;
    put(9, 1);

    await().until(() -> publisher.published.size() == 1);
  }

  private void fail(RuntimeException failure, String reason) {
    double before = dropped(reason);
    publisher.failure = failure;
    put(0, 1);
    await().until(() -> dropped(reason) == before + 1);
  }

  @Test
  void closingSendsWhatIsQueuedFirst() {
    put(0, 3);
    outbox.start();

    outbox.close(Duration.ofSeconds(30));

    assertThat(publisher.published).hasSize(3);
  }

  @Test
  void closingWhileThePublisherBlocksTakesNoLongerThanItsPatienceAndCountsWhatIsLost() {
    publisher.gate = new CountDownLatch(1);
    outbox.start();
    put(0, 3);
    await().until(() -> meters.get("tocsin.collectors.queued").gauge().value() == 2);

    outbox.close(Duration.ofMillis(50));

    // Two in the queue, and one in the publisher's hands, which is interrupted there.
    await().until(() -> dropped("closed") == 3);
    put(3, 1);
    assertThat(dropped("closed")).isEqualTo(4);
  }

  private void put(int first, int count) {
    for (int i = first; i < first + count; i++) {
      Probe probe = Examples.probe(Health.UP, Examples.NOON);
      probe.setOrigin(Examples.origin(i));
      outbox.put(Topics.PROBES, probe);
    }
  }

  private double sent() {
    return meters.get("tocsin.collectors.sent").tag("topic", "tocsin.probes").counter().count();
  }

  private double dropped(String reason) {
    var counter = meters.find("tocsin.collectors.dropped").tag("reason", reason).counter();
    return counter == null ? 0 : counter.count();
  }
}
