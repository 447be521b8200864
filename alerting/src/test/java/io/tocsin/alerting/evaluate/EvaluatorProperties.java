package io.tocsin.alerting.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.alerting.rules.Rule;
import io.tocsin.schemas.Alert;
import io.tocsin.schemas.AlertState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class EvaluatorProperties {

  /** A value at a second; null is missing. Values of one second have no order. */
  record Seen(int second, Double value) {}

  @Provide
  Arbitrary<List<Seen>> histories() {
    return Combinators.combine(
            Arbitraries.integers().between(0, 3),
            Arbitraries.of(50.0, 80.0, 95.0, 95.0, Double.NaN))
        .as((step, value) -> new Seen(step, value.isNaN() ? null : value))
        .list()
        .ofMinSize(1)
        .ofMaxSize(80)
        .map(EvaluatorProperties::inTime);
  }

  private static List<Seen> inTime(List<Seen> steps) {
    List<Seen> seen = new ArrayList<>();
    int second = 0;
    for (Seen step : steps) {
      second += step.second();
      seen.add(new Seen(second, step.value()));
    }
    return seen;
  }

  @Property(tries = 300)
  void theOrderOfWhatIsSeenAtOneMomentDoesNotMatter(
      @ForAll("histories") List<Seen> history,
      @ForAll Random random,
      @ForAll @IntRange(min = 0, max = 5) int hold,
      @ForAll @IntRange(min = 0, max = 5) int clear) {
    List<Seen> shuffled = new ArrayList<>(history);
    Collections.shuffle(shuffled, random);
    shuffled.sort(java.util.Comparator.comparingInt(Seen::second));
    Rule rule = TestRules.load(hold, clear);
    assertThat(standing(run(rule, shuffled))).isEqualTo(standing(run(rule, history)));
    assertThat(shownLast(run(rule, shuffled))).isEqualTo(shownLast(run(rule, history)));
  }

  @Property(tries = 300)
  void itFiresAndClearsAsTheRuleSays(
      @ForAll("histories") List<Seen> history,
      @ForAll @IntRange(min = 0, max = 5) int hold,
      @ForAll @IntRange(min = 0, max = 5) int clear) {
    List<Seen> oneAtATime = new ArrayList<>();
    for (Seen seen : history) {
      if (oneAtATime.isEmpty() || oneAtATime.get(oneAtATime.size() - 1).second() < seen.second()) {
        oneAtATime.add(seen);
      }
    }
    List<String> wanted = Oracle.transitions(oneAtATime, hold, clear);
    List<String> told = new ArrayList<>();
    for (Alert alert : Scene.alerts(run(TestRules.load(hold, clear), oneAtATime).all())) {
      if (alert.getState() != AlertState.PENDING) {
        told.add(alert.getState() + " at " + alert.getAt());
      }
    }
    // From the sixth change on it is held as flapping, which has its own tests.
    int compared = Math.min(Flapping.MOST_FLIPS - 1, flips(wanted));
    assertThat(onlyFlips(told, wanted, compared)).isEqualTo(wanted.subList(0, compared));
  }

  @Property(tries = 300)
  void aReplayTellsTheSameWithTheSameIds(
      @ForAll("histories") List<Seen> history, @ForAll @IntRange(min = 0, max = 5) int hold) {
    Rule rule = TestRules.load(hold, 2);
    assertThat(run(rule, history).all()).isEqualTo(run(rule, history).all());
  }

  @Property(tries = 300)
  void aRestoreFromWhatIsStoredChangesNothing(
      @ForAll("histories") List<Seen> history, @ForAll @IntRange(min = 0, max = 5) int hold) {
    Rule rule = TestRules.load(hold, 2);
    Scene restored = new Scene(rule);
    for (Seen seen : history) {
      see(restored, seen);
      restored.store(StoredTypes.roundTrip(restored.store())).start(-3_600);
    }
    assertThat(restored.all()).isEqualTo(run(rule, history).all());
  }

  @Property(tries = 300)
  void whatIsToldOfAnEpisodeHasABeginningAndOneEnd(
      @ForAll("histories") List<Seen> history,
      @ForAll @IntRange(min = 0, max = 5) int hold,
      @ForAll @IntRange(min = 0, max = 5) int clear) {
    Map<String, AlertState> open = new HashMap<>();
    Set<Instant> seenTimes = new HashSet<>();
    for (Alert alert : Scene.alerts(run(TestRules.load(hold, clear), history).all())) {
      seenTimes.add(alert.getAt());
      if (alert.getState() == AlertState.CLEARED) {
        assertThat(open.remove(alert.getId())).as("it was told of").isNotNull();
      } else {
        assertThat(open.put(alert.getId(), alert.getState())).isNotEqualTo(alert.getState());
      }
      assertThat(open).as("one episode of a series at a time").hasSizeLessThanOrEqualTo(1);
    }
    assertThat(seenTimes)
        .allMatch(at -> history.stream().anyMatch(seen -> Scene.at(seen.second()).equals(at)));
  }

  private static int flips(List<String> transitions) {
    return transitions.size();
  }

  /** Without the ends of what never fired. */
  private static List<String> onlyFlips(List<String> told, List<String> wanted, int most) {
    List<String> flips = new ArrayList<>();
    boolean fires = false;
    for (String word : told) {
      boolean begins = word.startsWith("FIRING");
      if (begins != fires && flips.size() < most) {
        flips.add(word);
        fires = begins;
      }
    }
    return flips;
  }

  private static Scene run(Rule rule, List<Seen> history) {
    Scene scene = new Scene(rule);
    history.forEach(seen -> see(scene, seen));
    return scene;
  }

  private static void see(Scene scene, Seen seen) {
    if (seen.value() == null) {
      scene.missing(seen.second());
    } else {
      scene.value(seen.second(), seen.value());
    }
  }

  private static Standing standing(Scene scene) {
    SeriesState state = scene.store().series("load/");
    return state == null ? Standing.HEALTHY : state.now();
  }

  /** What people last heard of each episode. */
  private static Map<String, AlertState> shownLast(Scene scene) {
    Map<String, AlertState> shown = new HashMap<>();
    for (Alert alert : Scene.alerts(scene.all())) {
      shown.put(alert.getId(), alert.getState());
    }
    shown.values().removeIf(state -> state == AlertState.CLEARED);
    return shown;
  }

  /** The definition of {@code for}, {@code clear} and {@code clear-for}, over the whole history. */
  private static final class Oracle {

    static List<String> transitions(List<Seen> history, int hold, int clear) {
      List<String> transitions = new ArrayList<>();
      boolean fires = false;
      int begin = 0;
      for (int i = 0; i < history.size(); i++) {
        if (!fires && runOf(history, begin, i, hold, true)) {
          transitions.add("FIRING at " + Scene.at(history.get(i).second()));
          fires = true;
          begin = i;
        } else if (fires && runOf(history, begin, i, clear, false)) {
          transitions.add("CLEARED at " + Scene.at(history.get(i).second()));
          fires = false;
          begin = i;
        }
      }
      return transitions;
    }

    /** Whether there is an earlier moment, long enough ago, from which on nothing broke the run. */
    private static boolean runOf(List<Seen> history, int begin, int end, int seconds, boolean bad) {
      if (!is(history.get(end), bad)) {
        return false;
      }
      for (int first = end; first >= begin; first--) {
        if (breaks(history.get(first), bad)) {
          return false;
        }
        if (is(history.get(first), bad)
            && history.get(end).second() - history.get(first).second() >= seconds) {
          return true;
        }
      }
      return false;
    }

    private static boolean is(Seen seen, boolean bad) {
      return seen.value() != null && (bad ? seen.value() > 90 : seen.value() < 70);
    }

    private static boolean breaks(Seen seen, boolean bad) {
      return bad ? is(seen, false) : seen.value() == null || is(seen, true);
    }
  }
}
