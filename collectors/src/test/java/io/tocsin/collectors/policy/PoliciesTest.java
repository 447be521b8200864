package io.tocsin.collectors.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tocsin.collectors.Reading;
import io.tocsin.schemas.Examples;
import io.tocsin.schemas.Health;
import io.tocsin.schemas.Layer;
import io.tocsin.schemas.Measurement;
import io.tocsin.schemas.MeasurementType;
import io.tocsin.schemas.Probe;
import io.tocsin.schemas.Resource;
import io.tocsin.schemas.ResourceKind;
import io.tocsin.schemas.Sample;
import io.tocsin.schemas.SecurityEvent;
import io.tocsin.schemas.SecuritySource;
import io.tocsin.schemas.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class PoliciesTest {

  private static final Instant NOW = Examples.NOON;

  private final Map<String, Integer> counts = new TreeMap<>();

  private final Tally tally = (what, reason) -> counts.merge(what + " " + reason, 1, Integer::sum);

  private static PolicyConfig series(int most) {
    return new PolicyConfig(null, null, most, null, null, null, null, null, null, null, null);
  }

  private static Measurement.Builder figure(
      String name, MeasurementType type, double value, String user) {
    return Measurement.newBuilder()
        .setResourceId("service/shop")
        .setKind(ResourceKind.SERVICE)
        .setLayer(Layer.BUSINESS)
        .setName(name)
        .setType(type)
        .setLabels(Map.of("user", user))
        .setValue(value)
        .setAt(NOW);
  }

  private Reading apply(Policies policies, Instant now, Measurement.Builder... figures) {
    Reading.Builder reading = Reading.builder();
    for (Measurement.Builder figure : figures) {
      reading.add(figure);
    }
    return policies.apply(reading.build(), now, tally);
  }

  @Test
  void timesOfAllKindsOfRecordsAreClampedAndTheClaimIsKept() {
    Instant future = NOW.plusSeconds(61);
    Instant past = NOW.minus(Duration.ofMinutes(11));
    Sample.Builder sample =
        Sample.newBuilder().setResourceId("host/a").setKind(ResourceKind.HOST).setAt(future);
    Probe.Builder probe = Probe.newBuilder(Examples.probe(Health.UP, past)).clearOrigin();
    Measurement.Builder figure = figure("orders", MeasurementType.GAUGE, 1, "a").setAt(future);
    SecurityEvent.Builder event =
        SecurityEvent.newBuilder()
            .setId("x")
            .setAt(past)
            .setSource(SecuritySource.FALCO)
            .setAction("exec")
            .setSeverity(Severity.LOW)
            .setResourceId("host/a")
            .setKind(ResourceKind.HOST)
            .setTitle("x");
    Reading reading = Reading.builder().add(sample).add(probe).add(figure).add(event).build();

    assertThat(new Policies(PolicyConfig.DEFAULT, 1).apply(reading, NOW, tally)).isSameAs(reading);

    assertThat(sample.getAt()).isEqualTo(NOW);
    assertThat(sample.getClaimedAt()).isEqualTo(future);
    assertThat(probe.getAt()).isEqualTo(NOW.minus(Duration.ofMinutes(10)));
    assertThat(probe.getClaimedAt()).isEqualTo(past);
    assertThat(figure.getClaimedAt()).isEqualTo(future);
    assertThat(event.getClaimedAt()).isEqualTo(past);
    assertThat(counts).isEqualTo(Map.of("CLAMPED future", 2, "CLAMPED past", 2));
  }

  @Property
  void aClampedTimeIsWithinBoundsAndAGoodOneIsLeftAlone(
      @ForAll @LongRange(min = -10_000_000_000_000L, max = 10_000_000_000_000L) long off) {
    Instant at = NOW.plusMillis(off);
    Instant clamped =
        new Clamping(Duration.ofSeconds(60), Duration.ofMinutes(10)).clamp(at, NOW, tally);

    assertThat(clamped).isBetween(NOW.minusSeconds(600), NOW.plusSeconds(60));
    if (off >= -600_000 && off <= 60_000) {
      assertThat(clamped).isSameAs(at);
    }
  }

  @Test
  void aClaimThatFitsIntoNoStoreIsCutAndAnEarlierClaimIsKept() {
    Measurement.Builder figure = figure("orders", MeasurementType.GAUGE, 1, "a").setAt(Instant.MAX);
    apply(new Policies(PolicyConfig.DEFAULT, 1), NOW, figure);
    assertThat(figure.getClaimedAt()).isEqualTo(Instant.parse("9999-12-31T23:59:59Z"));
    figure.setAt(Instant.MIN).setClaimedAt(NOW.minusSeconds(5));
    apply(new Policies(PolicyConfig.DEFAULT, 1), NOW, figure);
    assertThat(figure.getClaimedAt()).isEqualTo(NOW.minusSeconds(5));
  }

  @Test
  void aNewSeriesOverTheLimitIsFoldedIfItsValuesCanBeAddedUp() {
    Policies policies = new Policies(series(2), 1);
    Reading reading =
        apply(
            policies,
            NOW,
            figure("orders", MeasurementType.DELTA, 1, "a"),
            figure("orders", MeasurementType.DELTA, 2, "b"),
            figure("orders", MeasurementType.DELTA, 3, "c"),
            figure("orders", MeasurementType.DELTA, 4, "d").setAt(NOW.plusSeconds(1)),
            figure("orders", MeasurementType.COUNTER, 5, "e"),
            figure("orders", MeasurementType.GAUGE, 6, "f"),
            figure("orders", MeasurementType.DELTA, 7, "a"));

    assertThat(reading.measurements())
        .extracting(Measurement.Builder::getValue)
        .containsExactly(1.0, 2.0, 7.0, 7.0);
    Measurement.Builder sum = reading.measurements().get(3);
    assertThat(sum.getLabels()).isEqualTo(Map.of("__overflow__", "true"));
    assertThat(sum.getAt()).isEqualTo(NOW.plusSeconds(1));
    assertThat(counts).isEqualTo(Map.of("SERIES folded", 2, "SERIES refused", 2));
    assertThat(policies.activeSeries(NOW)).isEqualTo(2);
  }

  @Test
  void endlessNamesAreBoundedToo() {
    Policies policies = new Policies(series(50), 1);
    for (int i = 0; i < 500; i++) {
      apply(policies, NOW, figure("name-" + i, MeasurementType.DELTA, 1, "a"));
    }
    assertThat(counts).isEqualTo(Map.of("SERIES folded", 1, "SERIES refused", 449));
  }

  @Test
  void aSeriesThatFallsSilentMakesRoom() {
    Policies policies = new Policies(series(1), 1);
    apply(policies, NOW, figure("orders", MeasurementType.GAUGE, 1, "a"));
    Instant stillActive = NOW.plus(Duration.ofHours(1));
    assertThat(
            apply(policies, stillActive, figure("orders", MeasurementType.GAUGE, 1, "b"))
                .measurements())
        .isEmpty();

    assertThat(
            apply(
                    policies,
                    stillActive.plusMillis(1),
                    figure("orders", MeasurementType.GAUGE, 1, "b"))
                .measurements())
        .hasSize(1);
  }

  @Test
  void samplesAndProbesAndTheirResourcesAreNeverLeftOut() {
    Policies policies = new Policies(series(1), 1);
    apply(policies, NOW, figure("orders", MeasurementType.GAUGE, 1, "a"));
    Probe.Builder probe = Probe.newBuilder(Examples.probe(Health.UP, NOW)).clearOrigin();

    assertThat(policies.apply(Reading.of(probe), NOW, tally).probes()).hasSize(1);

    assertThat(policies.apply(resource("endpoint/shop"), NOW, tally)).isPresent();
    assertThat(policies.apply(resource("service/unheard-of"), NOW, tally)).isEmpty();
    assertThat(counts).isEqualTo(Map.of("SERIES resource-refused", 1));
  }

  @Test
  void aResourceIsDescribedAsOfNowWithBoundedLabels() {
    Resource resource = resource("service/shop");
    resource.setLabels(Map.of("__name", "x", "team", "a\u0000b"));

    Resource described =
        new Policies(PolicyConfig.DEFAULT, 1)
            .apply(resource, NOW.plusSeconds(5), tally)
            .orElseThrow();

    assertThat(described.getUpdatedAt()).isEqualTo(NOW.plusSeconds(5));
    assertThat(described.getLabels()).isEqualTo(Map.of("team", "a\uFFFDb"));
  }

  @Test
  void labelsInAnotherOrderAreTheSameSeriesAndSwappedOnesAreNot() {
    SeriesLimiter limiter = new SeriesLimiter(10, Duration.ofHours(1), 42);
    Map<String, String> one = new TreeMap<>(Map.of("a", "1", "b", "2"));
    Map<String, String> reversed = new TreeMap<>(Comparator.reverseOrder());
    reversed.putAll(one);

    long series = limiter.series("host/a", "n", one);
    assertThat(limiter.series("host/a", "n", reversed)).isEqualTo(series);
    assertThat(limiter.series("host/a", "n", Map.of("a", "2", "b", "1"))).isNotEqualTo(series);
    assertThat(limiter.series("host/an", "", one)).isNotEqualTo(series);
    assertThat(new SeriesLimiter(10, Duration.ofHours(1), 43).series("host/a", "n", one))
        .isNotEqualTo(series);
  }

  @Test
  void boundsThatMakeNoSenseAreRefused() {
    assertThatThrownBy(() -> series(0)).hasMessage("max-series is 0: give it 1 to 1000000");
    assertThatThrownBy(
            () ->
                new PolicyConfig(
                    Duration.ZERO, null, null, null, null, null, null, null, null, null, null))
        .hasMessageContaining("max-future");
  }

  private static Resource resource(String id) {
    return Resource.newBuilder()
        .setId(id)
        .setKind(ResourceKind.SERVICE)
        .setName(id)
        .setUpdatedAt(NOW)
        .build();
  }
}
