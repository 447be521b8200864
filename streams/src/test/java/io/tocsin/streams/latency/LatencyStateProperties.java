package io.tocsin.streams.latency;

import static io.tocsin.streams.latency.Readings.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.schemas.Meaning;
import io.tocsin.schemas.Measurement;
import io.tocsin.schemas.MeasurementType;
import io.tocsin.schemas.Probe;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

class LatencyStateProperties {

  record Step(int millis, int what, int size, boolean isReset) {}

  @Provide
  Arbitrary<List<Step>> steps() {
    return Combinators.combine(
            Arbitraries.integers().between(0, 3_000),
            Arbitraries.integers().between(0, 7),
            Arbitraries.integers().between(0, 100_000),
            Arbitraries.integers().between(0, 20).map(dice -> dice == 0))
        .as(Step::new)
        .list();
  }

  /** Of two agents, of which the second only measures. */
  private static List<Object> records(List<Step> steps) {
    Readings one = new Readings("agent-1", "endpoint/shop");
    Readings other = new Readings("agent-2", "endpoint/shop");
    List<Object> records = new ArrayList<>();
    Instant at = NOON;
    Instant startedAt = NOON.minusSeconds(60);
    double requests = 0;
    long below = 0;
    long above = 0;
    for (Step step : steps) {
      at = at.plusMillis(step.millis());
      if (step.isReset()) {
        startedAt = at;
        requests = 0;
        below = 0;
        above = 0;
      }
      requests += step.size();
      below += step.size() % 7;
      above += step.size() % 3;
      records.add(
          switch (step.what()) {
            case 0 -> one.down(at);
            case 1 -> one.burst(at, 5, step.size(), step.size() + 10, step.size() + 500);
            case 2 -> other.counter(at, Meaning.REQUESTS, requests);
            case 3 ->
                other.histogram(
                    at,
                    startedAt,
                    below * 0.005 + above * 0.5,
                    below,
                    below,
                    below + above,
                    below + above);
            case 4 ->
                other.value(
                    at, Meaning.REQUEST_RATE, MeasurementType.GAUGE, "1/s", step.size() / 7.0);
            case 5 ->
                other.value(
                    at, Meaning.RESPONSE_TIME, MeasurementType.GAUGE, "ms", step.size() / 3.0);
            case 6 -> one.unknown(at);
            default -> one.up(at, step.size());
          });
    }
    return records;
  }

  private static long at(Object record) {
    return (record instanceof Probe probe ? probe.getAt() : ((Measurement) record).getAt())
        .toEpochMilli();
  }

  private static List<Object> shuffled(List<Object> inOrder, Random random) {
    // what is late by less than the grace is never more than that behind the newest
    Map<Object, Long> arrivals = new HashMap<>();
    inOrder.forEach(record -> arrivals.put(record, at(record) + random.nextInt(5_000)));
    return inOrder.stream().sorted(Comparator.comparing(arrivals::get)).toList();
  }

  @Property(tries = 500)
  void anyShuffleWithinTheGraceGivesTheSameFinalsToTheByte(
      @ForAll("steps") @Size(min = 2, max = 80) List<Step> steps, @ForAll Random random) {
    List<Object> inOrder = records(steps);
    Resource one = new Resource().take(inOrder).end();
    Resource other = new Resource().take(shuffled(inOrder, random)).end();
    assertThat(other.refused).isEmpty();
    assertThat(other.finals).isEqualTo(one.finals);
    assertThat(other.throughputs).isEqualTo(one.throughputs);
    assertThat(other.parts.stream().map(ServicePart::encode).toList())
        .usingElementComparator(Arrays::compare)
        .isEqualTo(one.parts.stream().map(ServicePart::encode).toList());
  }

  @Property(tries = 200)
  void duplicatesChangeNothing(
      @ForAll("steps") @Size(min = 2, max = 60) List<Step> steps, @ForAll Random random) {
    List<Object> once = records(steps);
    List<Object> repeated = new ArrayList<>();
    for (Object record : once) {
      repeated.add(record);
      if (random.nextBoolean()) {
        repeated.add(repeated.get(random.nextInt(repeated.size())));
      }
    }
    Resource one = new Resource().take(once).end();
    Resource other = new Resource().take(repeated).end();
    assertThat(other.finals).isEqualTo(one.finals);
    assertThat(other.throughputs).isEqualTo(one.throughputs);
    assertThat(other.refused)
        .hasSize(repeated.size() - once.size())
        .allMatch(reason -> reason == Refusal.DUPLICATE || reason == Refusal.LATE);
  }

  @Property(tries = 200)
  void eachReadingIsInExactlyOneWindowOfEachSize(
      @ForAll("steps") @Size(min = 2, max = 80) List<Step> steps) {
    Resource resource = new Resource().take(records(steps)).end();
    long tens = sent(resource, 10_000);
    assertThat(sent(resource, 60_000)).isEqualTo(tens);
    assertThat(sent(resource, 300_000)).isEqualTo(tens);
    assertThat(tens)
        .isEqualTo(
            steps.stream()
                .mapToLong(
                    step -> step.what() == 1 ? 5 : List.of(0, 7).contains(step.what()) ? 1 : 0)
                .sum());
  }

  private static long sent(Resource resource, long sizeMs) {
    return resource.finals(sizeMs).stream().mapToLong(window -> window.getSent()).sum();
  }

  @Property(tries = 200)
  void figuresStayWithinTheirBounds(@ForAll("steps") @Size(min = 2, max = 80) List<Step> steps) {
    for (var window : new Resource().take(records(steps)).end().finals) {
      if (window.getP50Ms() != null) {
        assertThat(window.getP50Ms()).isLessThanOrEqualTo(window.getP90Ms());
        assertThat(window.getP90Ms()).isLessThanOrEqualTo(window.getP99Ms());
        assertThat(window.getP99Ms()).isLessThanOrEqualTo(window.getP999Ms());
      }
      if (window.getMaxMs() != null) {
        assertThat(window.getMeanMs()).isBetween(window.getMinMs() - 0.001, window.getMaxMs());
        assertThat(window.getP999Ms()).isBetween(window.getMinMs(), window.getMaxMs());
      }
      if (window.getLossPercent() != null) {
        assertThat(window.getLossPercent()).isBetween(0.0, 100.0);
      }
      if (window.getErrorPercent() != null) {
        assertThat(window.getErrorPercent()).isBetween(0.0, 100.0);
      }
    }
  }
}
