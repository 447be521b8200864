package io.tocsin.bench;

/**
 * How busy a resource is: a day's curve, noise, and now and then a burst. A function of seed,
 * resource and time only.
 *
 * @param cpu CPU used, 0 to 1
 * @param memory memory not available, 0 to 1
 * @param operations disk operations per second
 * @param network share of the link's speed, 0 to 1
 * @param stalled share of the time in which some task waits, 0 to 1
 * @param isReboot whether the machine has just booted
 */
public record Load(
    double cpu,
    double memory,
    double operations,
    double network,
    double stalled,
    boolean isReboot) {

  private static final double DAY_MS = 86_400_000;

  /** A burst may begin each half minute, and lasts as long. */
  private static final long BURST_MS = 30_000;

  private static final double BURST_SHARE = 0.02;

  /** About one boot in three hours of a resource that reports each second. */
  private static final double REBOOT_SHARE = 1e-4;

  private static final double MOST_OPERATIONS = 1_500;

  /** The load of a resource at a time in ms. */
  public static Load of(long seed, int resource, long at) {
    double base = 0.1 + 0.5 * noise(seed, resource, 1);
    double phase = noise(seed, resource, 2);
    double day = 1 + 0.5 * Math.sin(2 * Math.PI * (at / DAY_MS + phase));
    boolean isBurst = noise(seed, resource, 3 + at / BURST_MS) < BURST_SHARE;
    double cpu = isBurst ? 0.9 + 0.1 * jitter(seed, resource, at, 4) : base * day;
    cpu = Math.min(1, cpu * (0.9 + 0.2 * jitter(seed, resource, at, 5)));
    return new Load(
        cpu,
        Math.min(0.97, 0.3 + 0.5 * base + 0.1 * jitter(seed, resource, at, 6)),
        MOST_OPERATIONS * cpu * jitter(seed, resource, at, 7),
        0.6 * cpu * jitter(seed, resource, at, 8),
        isBurst ? 0.5 * cpu : 0.05 * cpu,
        jitter(seed, resource, at, 9) < REBOOT_SHARE);
  }

  /** The same without bursts above a share of the CPU, and without a boot. */
  public Load calm(double mostCpu) {
    return new Load(Math.min(mostCpu, cpu), memory, operations, network, stalled, false);
  }

  /** The same with all of the CPU used. */
  public Load surging() {
    return new Load(1, memory, operations, network, stalled, false);
  }

  private static double jitter(long seed, int resource, long at, int kind) {
    return noise(seed ^ mix(at), resource, kind);
  }

  /** Evenly spread over 0 to 1. */
  private static double noise(long seed, int resource, long kind) {
    return (mix(seed + mix(resource + 0x1_0000_0000L * kind)) >>> 11) * 0x1.0p-53;
  }

  /** The finalizer of SplitMix64 (https://prng.di.unimi.it/splitmix64.c). */
  private static long mix(long value) {
    long z = value + 0x9e3779b97f4a7c15L;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
