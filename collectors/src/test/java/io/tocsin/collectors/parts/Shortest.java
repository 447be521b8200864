package io.tocsin.collectors.parts;

import java.time.Duration;
import java.util.concurrent.Callable;

/**
 * For limits to how long something takes. A machine that is busy elsewhere makes any one run late,
 * but not one after the other; what is too slow by itself is so each time.
 */
public final class Shortest {

  private static final int MOST_RUNS = 5;

  private Shortest() {}

  /**
   * The shortest of some runs; the first that is within the limit is the last.
   *
   * @param run makes everything anew each time, and says how long that took which is limited
   */
  public static Duration of(Duration limit, Callable<Duration> run) throws Exception {
    Duration shortest = run.call();
    for (int runs = 1; runs < MOST_RUNS && shortest.compareTo(limit) >= 0; runs++) {
      Duration next = run.call();
      shortest = next.compareTo(shortest) < 0 ? next : shortest;
    }
    return shortest;
  }
}
