package io.tocsin.capacity;

import io.tocsin.schemas.ResourceKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** VMs with a daily and a weekly rhythm, some growing, with noise of several kinds, by a seed. */
public final class SeasonalFleet {

  /** A Monday. */
  public static final Instant START = Instant.parse("2026-03-02T00:00:00Z");

  private SeasonalFleet() {}

  /** A fleet of hourly series. */
  public static List<ResourceSeries> of(long seed, int size, int days) {
    Random random = new Random(seed);
    List<ResourceSeries> fleet = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      fleet.add(vm("vm/" + i, random, days));
    }
    return fleet;
  }

  private static ResourceSeries vm(String id, Random random, int days) {
    double level = 15 + 30 * random.nextDouble();
    double daily = 2 + 12 * random.nextDouble();
    double weekend = 8 * random.nextDouble();
    double growth = random.nextInt(3) == 0 ? 0.5 * random.nextDouble() : 0;
    double noise = 0.5 + 2.5 * random.nextDouble();
    double inertia = 0.7 * random.nextDouble();
    int peak = random.nextInt(24);
    double[] values = new double[24 * days];
    double wander = 0;
    for (int t = 0; t < values.length; t++) {
      wander = inertia * wander + noise * random.nextGaussian();
      double day = daily * Math.cos(2 * Math.PI * (t % 24 - peak) / 24);
      double week = (t / 24) % 7 >= 5 ? -weekend : 0;
      double value = level + day + week + growth * t / 24 + wander;
      values[t] = random.nextInt(50) == 0 ? Double.NaN : Math.max(0, value);
    }
    return series(id, Figure.CPU_PERCENT, values);
  }

  /** An hourly series of one figure. */
  public static ResourceSeries series(String id, Figure figure, double[] values) {
    return new ResourceSeries(
        id, ResourceKind.VM, "shop", "", START, Duration.ofHours(1), Map.of(figure, values));
  }
}
