package io.tocsin.alerting.incidents;

import io.tocsin.schemas.Priority;
import java.time.Duration;
import java.time.Instant;

/**
 * What is promised for each priority. The time to act is the mission's: P0 at once, P1 within 1
 * hour, P2 within 4 hours, P3 within 24 hours; an incident's {@code dueAt} is always that. To
 * resolve is promised for the same time, but for P0, where "at once" is no time to resolve in.
 */
public record Promises(Promise p0, Promise p1, Promise p2, Promise p3) {

  /**
   * The ones that ship. P0: acknowledge 5 min, mitigate 15 min, resolve 1 h. P1: 15 min, 45 min, 1
   * h. P2: 1 h, 3 h, 4 h. P3: 8 h, 20 h, 24 h. Shares of the mission's times chosen here: a quarter
   * (P3: a working day's third) to acknowledge, three quarters or more to mitigate.
   */
  public static final Promises DEFAULT =
      new Promises(
          new Promise(Duration.ofMinutes(5), Duration.ofMinutes(15), Duration.ofHours(1)),
          new Promise(Duration.ofMinutes(15), Duration.ofMinutes(45), Duration.ofHours(1)),
          new Promise(Duration.ofHours(1), Duration.ofHours(3), Duration.ofHours(4)),
          new Promise(Duration.ofHours(8), Duration.ofHours(20), Duration.ofHours(24)));

  /** What is promised for a priority. */
  public Promise of(Priority priority) {
    return switch (priority) {
      case P0 -> p0;
      case P1 -> p1;
      case P2 -> p2;
      case P3 -> p3;
    };
  }

  /** When somebody has to have acted, by the mission. */
  static Instant dueAt(Priority priority, Instant startedAt) {
    return startedAt.plus(
        switch (priority) {
          case P0 -> Duration.ZERO;
          case P1 -> Duration.ofHours(1);
          case P2 -> Duration.ofHours(4);
          case P3 -> Duration.ofHours(24);
        });
  }
}
