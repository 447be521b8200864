package io.tocsin.streams.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.schemas.topic.Cluster;
import io.tocsin.streams.topology.ThreadRestarts.Decision;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.streams.errors.MissingSourceTopicException;
import org.apache.kafka.streams.errors.StreamsException;
import org.junit.jupiter.api.Test;

class ThreadRestartsTest {

  private final ThreadRestarts restarts =
      new ThreadRestarts(
          new Cluster("kafka:9093", "http://registry:8081"),
          Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));

  @Test
  void whatPassesIsTriedAgainWithGrowingPausesAndNotForEver() {
    Duration last = Duration.ZERO;
    for (int death = 0; death < ThreadRestarts.MOST; death++) {
      Decision decision = restarts.after(new StreamsException(new TimeoutException("away")));
      assertThat(decision).isInstanceOf(Decision.Replace.class);
      Duration pause = ((Decision.Replace) decision).pause();
      assertThat(pause).isGreaterThanOrEqualTo(last).isLessThanOrEqualTo(Duration.ofSeconds(30));
      last = pause;
    }
    assertThat(restarts.after(new TimeoutException("away")))
        .isEqualTo(new Decision.GiveUp("a stream thread died 11 times within 10 min"));
  }

  @Test
  void whatDoesNotPassIsNotTriedAgain() {
    assertThat(restarts.after(new MissingSourceTopicException("tocsin.samples")))
        .isInstanceOf(Decision.GiveUp.class);
    assertThat(restarts.after(new StreamsException(new OutOfMemoryError("heap"))))
        .isInstanceOf(Decision.GiveUp.class);
  }
}
