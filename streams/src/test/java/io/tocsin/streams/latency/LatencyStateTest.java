package io.tocsin.streams.latency;

import static io.tocsin.streams.latency.Readings.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import io.tocsin.schemas.LatencySource;
import io.tocsin.schemas.LatencyWindow;
import io.tocsin.schemas.Meaning;
import io.tocsin.schemas.Measurement;
import io.tocsin.schemas.MeasurementType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LatencyStateTest {

  private final Readings agent = new Readings("agent-1", "endpoint/shop");
  private final Resource resource = new Resource();

  private static Instant second(long seconds) {
    return NOON.plusSeconds(seconds);
  }

  /** The only one of 10 s that all of it led to. */
  private LatencyWindow onlyTen() {
    resource.end();
    return only(10_000);
  }

  private LatencyWindow only(long sizeMs) {
    List<LatencyWindow> finals = resource.finals(sizeMs);
    assertThat(finals).hasSize(1);
    return finals.get(0);
  }

  @Test
  void triesOfAHealthCheckAreLatenciesRequestsAndLoss() {
    resource.take(
        List.of(
            agent.up(second(0), 1_000),
            agent.up(second(1), 3_000),
            agent.down(second(2)),
            agent.unknown(second(3)),
            agent.up(second(4), 2_000),
            agent.up(second(5), 10_000)));
    LatencyWindow window = onlyTen();
    assertThat(window.getSource()).isEqualTo(LatencySource.PROBES);
    assertThat(window.getCount()).isEqualTo(4);
    assertThat(window.getMeanMs()).isEqualTo(4);
    // 1 to 3 and 2 to 10: what was not answered breaks the succession
    assertThat(window.getJitterMs()).isEqualTo(5);
    assertThat(window.getMinMs()).isEqualTo(1);
    assertThat(window.getMaxMs()).isEqualTo(10);
    assertThat(window.getP50Ms()).isCloseTo(2, within(0.02));
    assertThat(window.getSent()).isEqualTo(5);
    assertThat(window.getLossPercent()).isEqualTo(20);
    assertThat(window.getRequests()).isEqualTo(5);
    assertThat(window.getErrorPercent()).isEqualTo(20);
    assertThat(resource.throughputs).isEmpty();
  }

  @Test
  void aBurstCountsEachOfItsProbes() {
    resource.take(agent.burst(second(1), 10, 100, 200, 300, 400, 500, 600, 700, 800));
    resource.take(agent.burst(second(2), 10));
    LatencyWindow window = onlyTen();
    assertThat(window.getSent()).isEqualTo(20);
    assertThat(window.getLossPercent()).isEqualTo(60);
    assertThat(window.getCount()).isEqualTo(8);
    assertThat(window.getMeanMs()).isEqualTo(0.45);
    assertThat(window.getMinMs()).isEqualTo(0.1);
    assertThat(window.getMaxMs()).isEqualTo(0.8);
    assertThat(window.getP50Ms()).isCloseTo(0.4, within(0.004));
    assertThat(window.getJitterMs()).isEqualTo(0.1);
  }

  @Test
  void aCounterGivesRequestsAndTheirRate() {
    for (int time = 0; time <= 20; time++) {
      resource.take(agent.counter(second(time), Meaning.REQUESTS, 1_000 + 50.0 * time));
      resource.take(agent.counter(second(time), Meaning.ERRORS, 7 + 5.0 * time));
    }
    resource.end();
    assertThat(resource.finals(10_000))
        .extracting(LatencyWindow::getRequests)
        .containsExactly(450L, 500L, 50L);
    assertThat(resource.finals).allMatch(window -> window.getErrorPercent() == 10);
    assertThat(resource.finals).allMatch(window -> window.getMeanMs() == null);
    assertThat(resource.throughputs)
        .allMatch(window -> window.getRequestsPerSecond().getMean() == 50)
        .allMatch(window -> window.getRequestsPerSecond().getMax() == 50)
        .filteredOn(window -> window.getSizeMs() == 60_000)
        .singleElement()
        .matches(window -> window.getCoveredMs() == 20_000)
        .matches(window -> window.getRequestsPerSecond().getTotal() == 1_000);
  }

  @Test
  void anIntervalInWhichACounterBeganAnewCountsNothing() {
    resource.take(agent.counter(second(0), Meaning.REQUESTS, 1_000));
    resource.take(agent.counter(second(1), Meaning.REQUESTS, 1_010));
    resource.take(agent.counter(second(2), Meaning.REQUESTS, 3));
    resource.take(agent.counter(second(3), Meaning.REQUESTS, 8));
    assertThat(onlyTen().getRequests()).isEqualTo(15);
    assertThat(resource.throughputs.get(0).getCoveredMs()).isEqualTo(2_000);
    assertThat(resource.unrated).containsExactly(Unrated.FIRST, Unrated.RESET);
  }

  @Test
  void aPauseLongerThanAnIntervalMayBeCountsNothing() {
    resource.take(agent.counter(second(0), Meaning.REQUESTS, 1_000));
    resource.take(agent.counter(second(91), Meaning.REQUESTS, 9_000));
    resource.take(agent.counter(second(92), Meaning.REQUESTS, 9_001));
    resource.end();
    assertThat(resource.finals(300_000)).singleElement().matches(w -> w.getRequests() == 1);
    assertThat(resource.unrated).containsExactly(Unrated.FIRST, Unrated.GAP);
  }

  @Test
  void aHistogramCountsTheGrowthOfItsBuckets() {
    Instant start = second(-60);
    resource.take(agent.histogram(second(0), start, 10, 100, 200, 250, 250));
    resource.take(agent.histogram(second(5), start, 30, 190, 299, 349, 350));
    LatencyWindow window = onlyTen();
    assertThat(window.getSource()).isEqualTo(LatencySource.APPLICATION);
    assertThat(window.getCount()).isEqualTo(100);
    assertThat(window.getMeanMs()).isEqualTo(200); // 20 s over 100
    // 90 up to 10 ms stand at 5 ms, 9 up to 100 ms at 18.2 ms, 1 above 1 s at 1 s
    assertThat(window.getP50Ms()).isCloseTo(5, within(0.05));
    assertThat(window.getP99Ms()).isCloseTo(2.0 * 10 * 100 / 110, within(0.19));
    assertThat(window.getP999Ms()).isCloseTo(2.0 * 10 * 100 / 110, within(0.19));
    assertThat(window.getMaxMs()).isNull();
    assertThat(window.getJitterMs()).isNull();
  }

  @Test
  void aHistogramThatCountsFromAnotherStartCountsNothingOnce() {
    resource.take(agent.histogram(second(0), second(-60), 1, 10, 10, 10, 10));
    // larger in every bucket, yet another process
    resource.take(agent.histogram(second(1), second(1), 9, 90, 90, 90, 90));
    resource.take(agent.histogram(second(2), second(1), 9.1, 91, 91, 91, 91));
    assertThat(onlyTen().getCount()).isEqualTo(1);
    assertThat(resource.unrated).containsExactly(Unrated.FIRST, Unrated.RESET);
  }

  @Test
  void aHistogramThatWentBackInOneBucketCountsNothingOnce() {
    Instant start = second(-60);
    resource.take(agent.histogram(second(0), start, 1, 10, 10, 10, 10));
    resource.take(agent.histogram(second(1), start, 2, 5, 20, 20, 20));
    assertThat(onlyTen().getCount()).isZero();
    assertThat(resource.unrated).containsExactly(Unrated.FIRST, Unrated.RESET);
  }

  @Test
  void ratesAndSharesCountForTheTimeSinceTheLastOne() {
    for (int time = 0; time < 5; time++) {
      resource.take(
          agent.value(second(time), Meaning.REQUEST_RATE, MeasurementType.GAUGE, "1/min", 120));
      resource.take(
          agent.value(second(time), Meaning.ERROR_RATE, MeasurementType.GAUGE, "1/s", 0.5));
    }
    LatencyWindow window = onlyTen();
    assertThat(window.getRequests()).isEqualTo(8);
    assertThat(window.getErrorPercent()).isEqualTo(25);
  }

  @Test
  void anErrorShareIsTakenWhereNoRequestsAreCounted() {
    for (int time = 0; time < 3; time++) {
      resource.take(
          agent.value(second(time), Meaning.ERROR_RATE, MeasurementType.GAUGE, "%", 12.5));
    }
    LatencyWindow window = onlyTen();
    assertThat(window.getRequests()).isZero();
    assertThat(window.getErrorPercent()).isCloseTo(12.5, within(0.1));
  }

  @Test
  void durationsAreReadInTheirUnitAndRefusedWithoutOne() {
    resource.take(agent.value(second(0), Meaning.RESPONSE_TIME, MeasurementType.GAUGE, "s", 0.25));
    resource.take(agent.value(second(1), Meaning.RESPONSE_TIME, MeasurementType.GAUGE, "", 0.25));
    resource.take(
        agent.value(second(2), Meaning.RESPONSE_TIME, MeasurementType.COUNTER, "s", 0.25));
    resource.take(agent.value(second(3), Meaning.REQUESTS, MeasurementType.COUNTER, "1", -1));
    assertThat(onlyTen().getMeanMs()).isEqualTo(250);
    assertThat(resource.refused).containsExactly(Refusal.UNIT, Refusal.TYPE, Refusal.MALFORMED);
  }

  @Test
  void largerWindowsAreMadeOfTheSmallerOnes() {
    for (int time = 0; time < 300; time++) {
      resource.take(agent.up(second(time), 1_000L * (1 + time % 100)));
    }
    resource.end();
    assertThat(resource.finals(10_000)).hasSize(30);
    assertThat(resource.finals(60_000)).hasSize(5);
    LatencyWindow five = only(300_000);
    assertThat(five.getCount()).isEqualTo(300);
    assertThat(five.getP90Ms()).isCloseTo(90, within(0.91));
    assertThat(five.getP99Ms()).isCloseTo(99, within(1.0));
  }

  @Test
  void updatesSayWhatIsKnownSoFarAndChangeNothing() {
    for (int time = 0; time < 13; time++) {
      resource.take(agent.up(second(time), 1_000));
    }
    assertThat(resource.updates().latencies())
        .allMatch(window -> !window.getIsFinal())
        .extracting(LatencyWindow::getSizeMs, LatencyWindow::getCount)
        .containsExactly(tuple(10_000L, 3L), tuple(60_000L, 13L), tuple(300_000L, 13L));
    assertThat(resource.updates()).isEqualTo(resource.updates());
    resource.end();
    assertThat(resource.finals(10_000))
        .extracting(LatencyWindow::getCount)
        .containsExactly(10L, 3L);
  }

  @Test
  void whatComesAfterTheGraceIsLate() {
    resource.take(agent.up(second(9), 1_000));
    resource.take(agent.up(second(15), 1_000));
    resource.take(agent.up(second(10), 1_000));
    resource.take(agent.up(second(9), 1_000));
    assertThat(resource.refused).containsExactly(Refusal.LATE);
  }

  @Test
  void aResourceMayHaveOnlySoManySeriesAndThoseLongSilentMakeRoom() {
    for (int route = 0; route <= LatencyState.MOST_SERIES; route++) {
      resource.take(counter(second(0), "/" + route));
    }
    assertThat(resource.refused).containsExactly(Refusal.SERIES);
    resource.take(counter(second(60), "/0"));
    resource.take(counter(second(3_700), "/0"));
    assertThat(resource.series()).isEqualTo(1);
    resource.take(counter(second(3_701), "/new"));
    assertThat(resource.refused).hasSize(1);
  }

  private Measurement counter(Instant at, String route) {
    Measurement measurement = agent.counter(at, Meaning.REQUESTS, 1);
    measurement.setLabels(Map.of("route", route));
    return measurement;
  }

  @Test
  void onlySoManyReadingsOfASeriesMayWait() {
    List<Object> burst = new ArrayList<>();
    for (int time = 0; time <= Resource.SETTINGS.pending(); time++) {
      burst.add(agent.up(NOON.plusMillis(time), 1_000));
    }
    resource.take(burst);
    assertThat(resource.refused).containsExactly(Refusal.FLOOD);
    assertThat(onlyTen().getCount()).isEqualTo(Resource.SETTINGS.pending());
  }
}
