package io.tocsin.collectors.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tocsin.collectors.agent.Schedule.Tick;
import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class ScheduleTest {

  private final Schedule schedule = new Schedule(1_000, Duration.ofNanos(100));

  @Test
  void aPassThatIsDoneInTimeIsFollowedByTheNextTick() {
    assertThat(schedule.after(schedule.first(), 1_001)).isEqualTo(new Tick(1, 1_100, 0));
    assertThat(schedule.after(schedule.first(), 1_100)).isEqualTo(new Tick(1, 1_100, 0));
  }

  @Test
  void ticksThatPassedMeanwhileAreLeftOutAndCounted() {
    assertThat(schedule.after(schedule.first(), 1_101)).isEqualTo(new Tick(2, 1_200, 1));
    assertThat(schedule.after(new Tick(3, 1_300, 0), 1_750)).isEqualTo(new Tick(8, 1_800, 4));
  }

  @Test
  void anIntervalOfNothingIsRefused() {
    assertThatThrownBy(() -> new Schedule(0, Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Property
  void noTickDriftsAndNoneIsForgotten(
      @ForAll long start,
      @ForAll @LongRange(min = 1, max = 1_000_000_000_000L) long interval,
      @ForAll @LongRange(min = 0, max = 1_000_000_000_000_000L) long elapsed) {
    Schedule any = new Schedule(start, interval);
    Tick before = any.after(any.first(), start + elapsed / 2);

    Tick next = any.after(before, start + elapsed);

    assertThat(next.dueNanos() - start).isEqualTo(next.number() * interval);
    assertThat(next.number()).isEqualTo(before.number() + next.missed() + 1);
    if (next.missed() > 0) {
      assertThat(next.dueNanos() - start).isBetween(elapsed, elapsed + interval - 1);
    }
  }
}
