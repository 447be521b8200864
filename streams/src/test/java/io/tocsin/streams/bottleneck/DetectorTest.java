package io.tocsin.streams.bottleneck;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.schemas.Bottleneck;
import io.tocsin.schemas.BottleneckKind;
import io.tocsin.schemas.ResourceKind;
import io.tocsin.schemas.Tier;
import io.tocsin.streams.window.Interval;
import io.tocsin.streams.window.Metric;
import io.tocsin.streams.window.Subject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DetectorTest {

  private static final long NOON = Instant.parse("2026-01-01T12:00:00Z").toEpochMilli();
  private static final Subject HOST =
      new Subject("host/web-1", ResourceKind.HOST, "shop", Tier.CORE);

  private final Detector detector = new Detector(BottleneckSettings.defaults());
  private final List<Bottleneck> told = new ArrayList<>();
  private Episodes episodes = Episodes.NONE;
  private long at = NOON;

  private void after(long millis, Map<Metric, Double> values) {
    at += millis;
    double[] array = new double[Metric.values().length];
    Arrays.fill(array, Double.NaN);
    values.forEach((metric, value) -> array[metric.ordinal()] = value);
    Detector.Findings findings =
        detector.observe(HOST, new Interval(at, millis, 1_000, array), episodes);
    episodes = Episodes.decode(findings.episodes().encode()).orElseThrow();
    told.addAll(findings.bottlenecks());
  }

  private void after(long millis, Metric metric, double value) {
    after(millis, Map.of(metric, value));
  }

  private void seconds(int count, Metric metric, double value) {
    for (int second = 0; second < count; second++) {
      after(1_000, metric, value);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "CPU_PERCENT,        CPU,     80",
    "MEMORY_PERCENT,     MEMORY,  90",
    "IO_OPERATIONS,      IO,      1000",
    "IO_PERCENT,         IO,      90",
    "NETWORK_PERCENT,    NETWORK, 80",
    "RETRANSMIT_PERCENT, NETWORK, 5"
  })
  void whatIsAboveItsThresholdForFiveSecondsIsABottleneckAndWhatIsAtItIsNot(
      Metric metric, BottleneckKind kind, double threshold) {
    seconds(60, metric, threshold);
    assertThat(told).isEmpty();
    after(1_000, metric, threshold + 0.1);
    long since = at;
    after(4_999, metric, threshold + 0.1);
    assertThat(told).isEmpty();
    after(1, metric, threshold + 0.1);
    assertThat(told)
        .singleElement()
        .satisfies(
            bottleneck -> {
              assertThat(bottleneck.getKind()).isEqualTo(kind);
              assertThat(bottleneck.getActive()).isTrue();
              assertThat(bottleneck.getSince().toEpochMilli()).isEqualTo(since);
              assertThat(bottleneck.getAt().toEpochMilli()).isEqualTo(since + 5_000);
              assertThat(bottleneck.getThreshold()).isEqualTo(threshold);
              assertThat(bottleneck.getValue()).isEqualTo(threshold + 0.1);
              assertThat(bottleneck.getResourceId()).isEqualTo("host/web-1");
              assertThat(bottleneck.getRemedy()).isNotBlank();
              assertThat(bottleneck.getEvidence()).isNotEmpty();
            });
  }

  @Test
  void itEndsTenSecondsBelowNinetyFivePercentOfTheThreshold() {
    seconds(6, Metric.CPU_PERCENT, 95);
    told.clear();
    after(1, Metric.CPU_PERCENT, 75.9);
    after(9_999, Metric.CPU_PERCENT, 75.9);
    assertThat(told).allMatch(Bottleneck::getActive);
    told.clear();
    after(1, Metric.CPU_PERCENT, 75.9);
    assertThat(told).singleElement().matches(bottleneck -> !bottleneck.getActive());
    assertThat(episodes.isEmpty()).isTrue();
    seconds(60, Metric.CPU_PERCENT, 10);
    assertThat(told).hasSize(1);
  }

  @Test
  void aValueThatSwingsAboutTheThresholdDoesNotFlicker() {
    seconds(6, Metric.CPU_PERCENT, 95);
    for (int swing = 0; swing < 60; swing++) {
      seconds(1, Metric.CPU_PERCENT, 81);
      seconds(4, Metric.CPU_PERCENT, swing % 2 == 0 ? 77 : 70);
    }
    assertThat(told).allMatch(Bottleneck::getActive);
    assertThat(told).extracting(Bottleneck::getSince).containsOnly(told.get(0).getSince());
  }

  @Test
  void aShortPeakIsNoBottleneck() {
    for (int peak = 0; peak < 20; peak++) {
      seconds(5, Metric.CPU_PERCENT, 100);
      seconds(1, Metric.CPU_PERCENT, 50);
    }
    assertThat(told).isEmpty();
  }

  @Test
  void anActiveOneIsToldAgainEveryFiveSeconds() {
    seconds(6, Metric.CPU_PERCENT, 95);
    assertThat(told).hasSize(1);
    seconds(20, Metric.CPU_PERCENT, 95);
    assertThat(told).hasSize(5);
  }

  @Test
  void aPauseInTheDataIsNoTimeAbove() {
    after(1_000, Metric.CPU_PERCENT, 95);
    at += 60_000;
    after(1_000, Metric.CPU_PERCENT, 95);
    assertThat(told).isEmpty();
  }

  @Test
  void whatIsNotKnownAnyMoreNeitherEndsNorUpdatesIt() {
    seconds(6, Metric.CPU_PERCENT, 95);
    seconds(60, Metric.MEMORY_PERCENT, 10);
    assertThat(told).hasSize(1);
    assertThat(episodes.of(BottleneckKind.CPU)).isNotNull();
    assertThat(episodes.of(BottleneckKind.MEMORY)).isNull();
  }

  @Test
  void pressureAndStealMakeItSurer() {
    assertThat(confidence(Map.of(Metric.CPU_PERCENT, 90.0, Metric.CPU_PRESSURE, 40.0)))
        .isGreaterThan(confidence(Map.of(Metric.CPU_PERCENT, 90.0)));
    assertThat(confidence(Map.of(Metric.CPU_PERCENT, 90.0)))
        .isGreaterThan(confidence(Map.of(Metric.CPU_PERCENT, 90.0, Metric.CPU_PRESSURE, 0.0)));
    assertThat(confidence(Map.of(Metric.CPU_PERCENT, 99.0)))
        .isGreaterThan(confidence(Map.of(Metric.CPU_PERCENT, 81.0)));
    assertThat(
            confidence(
                Map.of(
                    Metric.CPU_PERCENT, 85.0,
                    Metric.STEAL_PERCENT, 12.0,
                    Metric.CPU_PRESSURE, 0.0)))
        .isGreaterThan(confidence(Map.of(Metric.CPU_PERCENT, 85.0, Metric.CPU_PRESSURE, 0.0)));
  }

  private double confidence(Map<Metric, Double> values) {
    told.clear();
    episodes = Episodes.NONE;
    for (int second = 0; second < 6; second++) {
      after(1_000, values);
    }
    assertThat(told).hasSize(1);
    return told.get(0).getConfidence();
  }

  @Test
  void theRunnerUpIsTheNextNearestToItsThreshold() {
    for (int second = 0; second < 6; second++) {
      after(
          1_000,
          Map.of(
              Metric.CPU_PERCENT, 95.0,
              Metric.MEMORY_PERCENT, 80.0,
              Metric.IO_PERCENT, 85.0,
              Metric.NETWORK_PERCENT, 10.0));
    }
    assertThat(told)
        .singleElement()
        .extracting(Bottleneck::getRunnerUp)
        .isEqualTo(BottleneckKind.IO);
  }

  @Test
  void aForgottenResourceHasNoBottlenecks() {
    seconds(6, Metric.CPU_PERCENT, 95);
    Detector.Findings findings = detector.forget(HOST, episodes);
    assertThat(findings.episodes().isEmpty()).isTrue();
    assertThat(findings.bottlenecks())
        .singleElement()
        .matches(bottleneck -> !bottleneck.getActive())
        .matches(bottleneck -> bottleneck.getSince().equals(told.get(0).getSince()));
  }

  @Test
  void fewSegmentsMakeNoRetransmitPercentage() {
    double[] values = new double[Metric.values().length];
    Arrays.fill(values, Double.NaN);
    values[Metric.RETRANSMIT_PERCENT.ordinal()] = 50;
    for (int second = 0; second < 20; second++) {
      at += 1_000;
      Detector.Findings findings =
          detector.observe(HOST, new Interval(at, 1_000, 99, values), episodes);
      assertThat(findings.bottlenecks()).isEmpty();
      episodes = findings.episodes();
    }
  }
}
