package io.tocsin.alerting.incidents;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.schemas.Priority;
import io.tocsin.schemas.ServiceLevel;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class ClocksProperties {

  /** After so many seconds, the clock stands or runs on, or the priority is another. */
  record Turn(int seconds, boolean pauses, Priority priority) {}

  @Provide
  Arbitrary<List<Turn>> turns() {
    return Combinators.combine(
            Arbitraries.integers().between(0, 5_000),
            Arbitraries.of(true, false),
            Arbitraries.of(Priority.class))
        .as(Turn::new)
        .list()
        .ofMaxSize(12);
  }

  @Property
  void aDeadlineIsTheBeginningPlusThePromisePlusTheTimeTheClockStood(
      @ForAll("turns") List<Turn> turns) {
    Clocks clocks = new Clocks(Promises.DEFAULT);
    Instant began = Watch.NOON;
    Instant now = began;
    Priority priority = Priority.P2;
    ServiceLevel level = clocks.start(priority, began, now);
    Duration stood = Duration.ZERO;
    for (Turn turn : turns) {
      now = now.plusSeconds(turn.seconds());
      boolean stands = level.getPausedSince() != null;
      stood = stands ? stood.plusSeconds(turn.seconds()) : stood;
      if (turn.pauses()) {
        level = stands ? clocks.resume(level, now) : clocks.pause(level, now);
      } else {
        level = clocks.carriedOver(level, priority, turn.priority(), now);
        priority = turn.priority();
      }
    }
    level = clocks.running(level, now);
    Promise promise = Promises.DEFAULT.of(priority);
    assertThat(level.getPausedMs()).isEqualTo(stood.toMillis());
    assertThat(level.getMitigate().getDueAt())
        .isEqualTo(began.plus(promise.mitigate()).plus(stood));
    assertThat(level.getResolve().getDueAt()).isEqualTo(began.plus(promise.resolve()).plus(stood));
  }
}
