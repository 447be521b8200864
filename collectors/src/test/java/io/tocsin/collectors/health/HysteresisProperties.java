package io.tocsin.collectors.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.schemas.Health;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class HysteresisProperties {

  /** What is settled is what the last complete row said, by counting afresh from the start. */
  @Property
  void theSettledHealthIsThatOfTheLastCompleteRow(
      @ForAll @IntRange(min = 1, max = 5) int rise,
      @ForAll @IntRange(min = 1, max = 5) int fall,
      @ForAll @Size(max = 60) List<Health> passes) {
    Hysteresis state = Hysteresis.start(rise, fall);
    List<Health> decided = new ArrayList<>();
    Health expected = Health.UNKNOWN;
    for (Health seen : passes) {
      state = state.after(seen);
      if (seen != Health.UNKNOWN) {
        decided.add(seen);
        if (row(decided, seen) >= (seen == Health.UP ? rise : fall)) {
          expected = seen;
        }
      }
      assertThat(state.settled()).isEqualTo(expected);
    }
  }

  @Property
  void unknownPassesChangeNothing(
      @ForAll @IntRange(min = 1, max = 5) int rise,
      @ForAll @IntRange(min = 1, max = 5) int fall,
      @ForAll @Size(max = 40) List<Health> passes) {
    Hysteresis all = Hysteresis.start(rise, fall);
    Hysteresis decided = Hysteresis.start(rise, fall);
    for (Health seen : passes) {
      all = all.after(seen);
      decided = seen == Health.UNKNOWN ? decided : decided.after(seen);
    }

    assertThat(all).isEqualTo(decided);
  }

  @Property
  void anUnknownPassIsNeverReportedAsAnythingElse(
      @ForAll @IntRange(min = 1, max = 3) int rise,
      @ForAll @IntRange(min = 1, max = 3) int fall,
      @ForAll @Size(max = 20) List<Health> before) {
    Hysteresis state = Hysteresis.start(rise, fall);
    for (Health seen : before) {
      state = state.after(seen);
    }

    assertThat(state.after(Health.UNKNOWN).tell(Verdict.unknown("x")).health())
        .isEqualTo(Health.UNKNOWN);
  }

  @Property
  void aStreakIsShorterThanWhatIsNeeded(
      @ForAll @IntRange(min = 1, max = 4) int rise,
      @ForAll @IntRange(min = 1, max = 4) int fall,
      @ForAll @Size(max = 40) List<Health> passes) {
    Hysteresis state = Hysteresis.start(rise, fall);
    for (Health seen : passes) {
      state = state.after(seen);
      assertThat(state.streak()).isBetween(0, Math.max(rise, fall) - 1);
      assertThat(state.leaning() == Health.UNKNOWN).isEqualTo(state.streak() == 0);
    }
  }

  private static int row(List<Health> decided, Health seen) {
    int length = 0;
    for (int at = decided.size() - 1; at >= 0 && decided.get(at) == seen; at--) {
      length++;
    }
    return length;
  }
}
