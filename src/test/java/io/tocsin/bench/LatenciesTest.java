package io.tocsin.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LatenciesTest {

  @Test
  void percentilesAreExact() {
    Latencies latencies = new Latencies();
    IntStream.rangeClosed(1, 100_000).map(it -> 100_001 - it).forEach(latencies::add);
    assertThat(latencies.summary())
        .isEqualTo(new Latencies.Summary(100_000, 50_000, 99_000, 100_000));
  }

  @Test
  void noneAreNothing() {
    assertThat(new Latencies().summary()).isEqualTo(new Latencies.Summary(0, 0, 0, 0));
  }

  @Test
  void aClockThatWentBackCountsAsAtOnce() {
    Latencies latencies = new Latencies();
    latencies.add(-5);
    assertThat(latencies.summary()).isEqualTo(new Latencies.Summary(1, 0, 0, 0));
  }
}
