package io.tocsin.alerting.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tocsin.alerting.rules.Derivation;
import io.tocsin.alerting.rules.Derivation.BurnWindows;
import io.tocsin.alerting.signal.Fields;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class BurnRateProperties {

  private static final Derivation.BurnRate RULE =
      new Derivation.BurnRate(
          "bad",
          "total",
          0.999,
          List.of(
              new BurnWindows(Duration.ofHours(1), Duration.ofMinutes(5), 14.4),
              new BurnWindows(Duration.ofHours(6), Duration.ofMinutes(30), 6),
              new BurnWindows(Duration.ofDays(3), Duration.ofHours(6), 1)),
          100);

  private final BurnRate burnRate = new BurnRate(RULE);

  record Events(long ms, int bad, int total) {}

  @Provide
  Arbitrary<List<Events>> histories() {
    Arbitrary<Integer> gaps =
        Arbitraries.frequencyOf(
            net.jqwik.api.Tuple.of(20, Arbitraries.integers().between(0, 60_000)),
            net.jqwik.api.Tuple.of(3, Arbitraries.integers().between(0, 7_200_000)),
            net.jqwik.api.Tuple.of(1, Arbitraries.integers().between(0, 400_000_000)));
    return Combinators.combine(
            gaps, Arbitraries.integers().between(0, 20), Arbitraries.integers().between(0, 40))
        .as((gap, bad, more) -> new Events(gap, bad, bad + more))
        .list()
        .ofMinSize(1)
        .ofMaxSize(60)
        .map(BurnRateProperties::inTime);
  }

  private static List<Events> inTime(List<Events> steps) {
    List<Events> events = new ArrayList<>();
    long ms = 1_700_000_000_000L;
    for (Events step : steps) {
      ms += step.ms();
      events.add(new Events(ms, step.bad(), step.total()));
    }
    return events;
  }

  @Property
  void itSaysWhatCountingAllEventsAnewWouldSay(@ForAll("histories") List<Events> history) {
    BurnState state = burnRate.empty();
    List<Events> known = new ArrayList<>();
    for (Events events : history) {
      state = burnRate.with(state, at(events), events.bad(), events.total());
      known.add(events);
      double wanted = oracle(known, events.ms());
      double burn = burnRate.figures(state, at(events)).number("burn");
      if (Double.isNaN(wanted)) {
        assertThat(burn).isNaN();
      } else {
        assertThat(burn).isCloseTo(wanted, within(1e-6 * (1 + wanted)));
      }
    }
  }

  @Property
  void theOrderOfEventsDoesNotMatterAsLongAsNoneIsTooOld(
      @ForAll("histories") List<Events> history, @ForAll Random random) {
    long newest = history.get(history.size() - 1).ms();
    // The finest buckets reach back five minutes.
    List<Events> recent =
        new ArrayList<>(history.stream().filter(e -> newest - e.ms() < 280_000).toList());
    Double inOrder = burn(recent, newest);
    Collections.shuffle(recent, random);
    assertThat(burn(recent, newest)).isEqualTo(inOrder);
  }

  @Property
  void whatIsKeptHasTheSameSizeHoweverMuchHappens(@ForAll("histories") List<Events> history) {
    BurnState state = burnRate.empty();
    int empty = buckets(state);
    for (Events events : history) {
      state = burnRate.with(state, at(events), events.bad(), events.total());
    }
    assertThat(buckets(state)).isEqualTo(empty).isLessThan(220);
  }

  @Example
  void tooFewEventsSayNothing() {
    Instant begin = Instant.ofEpochMilli(1_700_000_000_000L);
    Instant later = begin.plus(Duration.ofHours(7));
    BurnState state = burnRate.with(burnRate.empty(), begin, 0, 1);
    BurnState few = burnRate.with(state, later, 1, 98);
    assertThat(burnRate.figures(few, later).get("burn")).isNull();
    Fields enough = burnRate.figures(burnRate.with(few, later, 0, 1), later);
    assertThat(enough.number("burn")).isCloseTo(10, within(1e-9));
    assertThat(enough.get("burning")).isEqualTo(true);
    assertThat(enough.number("burn_factor")).isEqualTo(1);
  }

  @Example
  void aBudgetOfDaysHasNotBurntAMinuteAfterTheStart() {
    Instant begin = Instant.ofEpochMilli(1_700_000_000_000L);
    BurnState state = burnRate.with(burnRate.empty(), begin, 100, 200);
    Instant soon = begin.plusSeconds(60);
    assertThat(burnRate.figures(state, soon).get("burn")).isNull();
    Instant later = begin.plus(Duration.ofMinutes(5));
    Fields figures = burnRate.figures(burnRate.with(state, later, 100, 200), later);
    assertThat(figures.number("burn_factor")).isEqualTo(14.4);
  }

  private Double burn(List<Events> events, long at) {
    BurnState state = burnRate.empty();
    for (Events one : events) {
      state = burnRate.with(state, at(one), one.bad(), one.total());
    }
    return burnRate.figures(state, Instant.ofEpochMilli(at)).number("burn");
  }

  private static int buckets(BurnState state) {
    return state.tiers().stream().mapToInt(tier -> tier.total().length).sum();
  }

  private static Instant at(Events events) {
    return Instant.ofEpochMilli(events.ms());
  }

  private static double oracle(List<Events> events, long now) {
    double worst = Double.NaN;
    double result = Double.NaN;
    long[][] pairs = {
      {3_600_000, 60_000, 300_000, 10_000},
      {21_600_000, 600_000, 1_800_000, 60_000},
      {259_200_000, 3_600_000, 21_600_000, 600_000}
    };
    double[] factors = {14.4, 6, 1};
    long first = events.stream().mapToLong(Events::ms).min().orElseThrow();
    for (int i = 0; i < pairs.length; i++) {
      if (now - first < pairs[i][2]) {
        continue; // counted for less than its short window
      }
      double[] inLong = sum(events, now, pairs[i][0], pairs[i][1]);
      double[] inShort = sum(events, now, pairs[i][2], pairs[i][3]);
      if (inLong[1] >= 100 && inShort[1] > 0) {
        double burn = Math.min(inLong[0] / inLong[1], inShort[0] / inShort[1]) / (1 - 0.999);
        if (Double.isNaN(worst) || burn / factors[i] > worst) {
          worst = burn / factors[i];
          result = burn;
        }
      }
    }
    return result;
  }

  private static double[] sum(List<Events> events, long now, long window, long width) {
    double bad = 0;
    double total = 0;
    for (Events one : events) {
      long behind = now / width - one.ms() / width;
      if (behind >= 0 && behind < window / width) {
        bad += one.bad();
        total += one.total();
      }
    }
    return new double[] {bad, total};
  }
}
