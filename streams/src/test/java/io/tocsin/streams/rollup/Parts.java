package io.tocsin.streams.rollup;

import io.tocsin.schemas.ResourceKind;
import io.tocsin.schemas.Tier;
import io.tocsin.streams.sketch.Sketch;
import io.tocsin.streams.window.Capacity;
import io.tocsin.streams.window.Flows;
import io.tocsin.streams.window.Metric;
import io.tocsin.streams.window.Part;
import io.tocsin.streams.window.Subject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Parts of resources for tests. */
public final class Parts {

  public static final long NOON = Instant.parse("2026-01-01T12:00:00Z").toEpochMilli();
  public static final long SLOT = 10_000;
  public static final long MINUTE = 60_000;

  private Parts() {}

  /** A part with ten seconds at the same CPU and memory, and as many bytes received. */
  public static Part of(Subject subject, long startsAt, double cpuPercent, long received) {
    Sketch[] sketches = noSketches();
    for (int second = 0; second < 10; second++) {
      sketches[Metric.CPU_PERCENT.ordinal()].add(cpuPercent, 1_000);
      sketches[Metric.MEMORY_PERCENT.ordinal()].add(50, 1_000);
    }
    return new Part(
        subject,
        startsAt,
        SLOT,
        startsAt + 9_000,
        10,
        sketches,
        flows(SLOT, received),
        new Capacity(0.1, 1 << 20, 50, "/"));
  }

  public static Subject container(String name) {
    return new Subject("container/" + name, ResourceKind.CONTAINER, "shop", Tier.NON_CORE);
  }

  public static Subject vm(String name) {
    return new Subject("vm/" + name, ResourceKind.VM, "shop", Tier.CORE);
  }

  public static Subject host(String name) {
    return new Subject("host/" + name, ResourceKind.HOST, null, Tier.UNSPECIFIED);
  }

  static Flows flows(long coveredMs, long received) {
    long[] totals = new long[Flows.Kind.COUNT];
    Arrays.fill(totals, Flows.UNKNOWN);
    totals[Flows.Kind.RX_BYTES.ordinal()] = received;
    double[] highest = new double[Flows.Kind.COUNT];
    highest[Flows.Kind.RX_BYTES.ordinal()] = received / 5.0;
    return new Flows(coveredMs, totals, highest);
  }

  static Sketch[] noSketches() {
    Sketch[] sketches = new Sketch[Metric.WINDOWED];
    Arrays.setAll(sketches, metric -> new Sketch());
    return sketches;
  }

  /** Parts of many resources of all kinds in the slots of one minute, one each. */
  public static List<Part> many(int resources, Random random) {
    List<Part> parts = new ArrayList<>();
    for (int resource = 0; resource < resources; resource++) {
      Subject subject =
          switch (random.nextInt(3)) {
            case 0 -> container("c" + resource);
            case 1 -> vm("v" + resource);
            default -> host("h" + resource);
          };
      for (int slot = 0; slot < 6; slot++) {
        if (random.nextInt(4) > 0) {
          parts.add(random(subject, NOON + slot * SLOT, random));
        }
      }
    }
    return parts;
  }

  private static Part random(Subject subject, long startsAt, Random random) {
    Sketch[] sketches = noSketches();
    int intervals = random.nextInt(12);
    for (int interval = 0; interval < intervals; interval++) {
      for (Sketch sketch : sketches) {
        sketch.add(
            random.nextInt(5) == 0 ? Double.NaN : 100 * random.nextDouble(),
            900 + random.nextInt(200));
      }
    }
    long[] totals = new long[Flows.Kind.COUNT];
    double[] highest = new double[Flows.Kind.COUNT];
    for (int kind = 0; kind < totals.length; kind++) {
      boolean isKnown = random.nextInt(4) > 0;
      totals[kind] = isKnown ? random.nextInt(1_000_000_000) : Flows.UNKNOWN;
      highest[kind] = isKnown ? 1e9 * random.nextDouble() : 0;
    }
    long covered = 1 + random.nextInt(15_000);
    return new Part(
        subject,
        startsAt,
        SLOT,
        startsAt + random.nextInt(10_000),
        intervals,
        sketches,
        new Flows(covered, totals, highest),
        random.nextBoolean()
            ? Capacity.UNKNOWN
            : new Capacity(random.nextInt(1_000) / 100.0, random.nextInt(1 << 30), 50, "/"));
  }
}
