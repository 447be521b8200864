package io.tocsin.streams.bottleneck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tocsin.schemas.Bottleneck;
import io.tocsin.schemas.ResourceKind;
import io.tocsin.schemas.Tier;
import io.tocsin.streams.window.Metric;
import io.tocsin.streams.window.Subject;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ThresholdRulesTest {

  private static ThresholdOverrides cpu(double percent) {
    return overrides(percent, null, null);
  }

  private static ThresholdOverrides overrides(Double cpu, Double io, Duration raiseAfter) {
    return new ThresholdOverrides(
        cpu,
        null,
        io,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        raiseAfter,
        null,
        null,
        null);
  }

  private static Subject subject(ResourceKind kind, String service, String id) {
    return new Subject(id, kind, service, Tier.CORE);
  }

  private final ThresholdRules rules =
      new ThresholdRules(
          overrides(85.0, null, Duration.ofSeconds(7)),
          Map.of(ResourceKind.CONTAINER, cpu(90)),
          Map.of("batch", overrides(95.0, null, Duration.ofSeconds(60))),
          Map.of(
              "host/db-*", overrides(null, 20_000.0, null),
              "host/db-*-old", overrides(null, 500.0, null),
              "*", overrides(null, 2_000.0, null),
              "host/db-7", cpu(60)));

  @Test
  void theDefaultsAreTheMissions() {
    Thresholds thresholds = ThresholdRules.defaults().of(subject(ResourceKind.VM, null, "vm/a"));
    assertThat(thresholds.cpuPercent()).isEqualTo(80);
    assertThat(thresholds.memoryPercent()).isEqualTo(90);
    assertThat(thresholds.ioOperationsPerSecond()).isEqualTo(1_000);
    assertThat(thresholds).isEqualTo(Thresholds.defaults());
  }

  @ParameterizedTest
  @CsvSource({
    "HOST,      shop,  host/web,      85,  2000,  7",
    "CONTAINER, shop,  container/web, 90,  2000,  7",
    "CONTAINER, batch, container/web, 95,  2000, 60",
    "HOST,      ,      host/db-1,     85, 20000,  7",
    "HOST,      batch, host/db-7,     60, 20000, 60",
    "HOST,      ,      host/db-1-old, 85,   500,  7"
  })
  void theMostSpecificThatNamesAKeyWins(
      ResourceKind kind, String service, String id, double cpu, double io, long raiseAfter) {
    Thresholds thresholds = rules.of(subject(kind, service, id));
    assertThat(thresholds.cpuPercent()).isEqualTo(cpu);
    assertThat(thresholds.ioOperationsPerSecond()).isEqualTo(io);
    assertThat(thresholds.raiseAfter()).isEqualTo(Duration.ofSeconds(raiseAfter));
    assertThat(thresholds.memoryPercent()).isEqualTo(90);
  }

  @Test
  void aResourceThatComesToAnotherServiceGetsItsThresholds() {
    ThresholdCache cache = new ThresholdCache(rules, 10);
    assertThat(cache.of(subject(ResourceKind.VM, "shop", "vm/a")).cpuPercent()).isEqualTo(85);
    assertThat(cache.of(subject(ResourceKind.VM, "batch", "vm/a")).cpuPercent()).isEqualTo(95);
    assertThat(cache.size()).isEqualTo(1);
  }

  @Test
  void whatIsRememberedIsBoundedAndEqualThresholdsAreKeptOnce() {
    ThresholdCache cache = new ThresholdCache(rules, 10);
    Thresholds first = cache.of(subject(ResourceKind.VM, "shop", "vm/0"));
    for (int i = 1; i < 10; i++) {
      assertThat(cache.of(subject(ResourceKind.VM, "shop", "vm/" + i))).isSameAs(first);
    }
    for (int i = 0; i < 100; i++) {
      cache.of(subject(ResourceKind.VM, "shop", "vm/more-" + i));
      assertThat(cache.size()).isLessThanOrEqualTo(10);
    }
  }

  @Test
  void aBatchServiceIsToldLaterAndAboveItsOwnThreshold() {
    Intervals batch =
        new Intervals(
                ResourceKind.HOST,
                new BottleneckSettings(
                    new ThresholdRules(
                        ThresholdOverrides.NONE,
                        Map.of(),
                        Map.of("shop", overrides(95.0, null, Duration.ofSeconds(60))),
                        Map.of()),
                    TuningCatalogue.builtIn()))
            .seconds(30, Map.of(Metric.CPU_PERCENT, 94.0))
            .seconds(60, Map.of(Metric.CPU_PERCENT, 99.0));
    assertThat(batch.told).isEmpty();
    batch.seconds(1, Map.of(Metric.CPU_PERCENT, 99.0));
    assertThat(batch.told).extracting(Bottleneck::getThreshold).containsExactly(95.0);
  }

  @Test
  void aThresholdOfNothingIsRefusedByItsKey() {
    assertThatThrownBy(() -> cpu(0).over(Thresholds.defaults()))
        .hasMessage("cpu-percent has to be above 0, but is 0.0");
  }
}
