package io.tocsin.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tocsin.schemas.DeadLetter;
import io.tocsin.schemas.Examples;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class DeadLetterCountTest {

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final DeadLetterCount count =
      new DeadLetterCount(meters, Clock.fixed(Examples.NOON, ZoneOffset.UTC));

  @Test
  void lettersAreCountedByStageAndTopic() {
    count.count(letter("alerting", "tocsin.rules", Examples.NOON));
    count.count(letter("alerting", "tocsin.rules", Examples.NOON));
    count.count(letter("server", "tocsin.rules", Examples.NOON));

    assertThat(counted("alerting", "tocsin.rules")).isEqualTo(2);
    assertThat(counted("server", "tocsin.rules")).isOne();
  }

  @Test
  void namesThatTheProgramDoesNotKnowMakeNoMeters() {
    for (int i = 0; i < 1_000; i++) {
      count.count(letter("stage-" + i, "topic-" + i, Examples.NOON));
    }
    assertThat(counted("other", "other")).isEqualTo(1_000);
    assertThat(meters.getMeters()).hasSize(1);
  }

  @Test
  void lettersOfLongAgoAreNotOfNow() {
    count.count(letter("alerting", "tocsin.rules", Examples.NOON.minus(Duration.ofHours(2))));
    assertThat(meters.getMeters()).isEmpty();
  }

  private double counted(String stage, String topic) {
    return meters.counter("tocsin.deadletters", "stage", stage, "topic", topic).count();
  }

  private static DeadLetter letter(String stage, String topic, Instant at) {
    return DeadLetter.newBuilder()
        .setStage(stage)
        .setTopic(topic)
        .setPartition(0)
        .setOffset(1)
        .setRecordedAt(at)
        .setAt(at)
        .setReason("is none")
        .build();
  }
}
