package io.tocsin.bench.alerts;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;

/**
 * What breaks when: at moments that are even on the whole, and random one by one, so that they keep
 * no step with what is sent, scraped or evaluated each second. Each breach has a group of its own,
 * so that it is an incident of its own.
 */
final class BreachSchedule {

  /** As wanted of the bench: five endpoints a second, and two machines. */
  private static final long HEALTH_EVERY_MS = 200;

  private static final long CPU_EVERY_MS = 500;

  /** Longer than the slowest of those compared needs to see it. */
  private static final long LASTS_MS = 5_000;

  /** The first group is kept for the trial's own use. */
  private static final int FIRST_GROUP = 1;

  private BreachSchedule() {}

  /**
   * Breaches until a time; fewer where there are not enough groups.
   *
   * @param groups of the fleet
   * @return in the order of their beginning
   */
  static List<Breach> of(WatchedFleet fleet, Duration until, long seed) {
    int groups = fleet.groups() - FIRST_GROUP;
    long wanted = until.toMillis() / HEALTH_EVERY_MS + until.toMillis() / CPU_EVERY_MS;
    double stretch = Math.max(1, (double) wanted / Math.max(1, groups));
    Random random = new Random(seed);
    List<Breach> breaches = new ArrayList<>();
    int health = (int) (until.toMillis() / (HEALTH_EVERY_MS * stretch));
    int cpu = (int) (until.toMillis() / (CPU_EVERY_MS * stretch));
    add(breaches, Way.HEALTH, FIRST_GROUP, health, until, fleet::endpoint, random);
    add(breaches, Way.CPU, FIRST_GROUP + health, cpu, until, fleet::machineOf, random);
    breaches.sort(Comparator.comparingLong(Breach::fromMs));
    return breaches;
  }

  private static void add(
      List<Breach> breaches,
      Way way,
      int firstGroup,
      int count,
      Duration until,
      IntFunction<String> resource,
      Random random) {
    double every = (double) until.toMillis() / count;
    for (int number = 0; number < count; number++) {
      long from = (long) (every * (number + random.nextDouble()));
      breaches.add(new Breach(way, resource.apply(firstGroup + number), from, from + LASTS_MS));
    }
  }
}
