package io.tocsin.sizing;

import java.time.Duration;

/**
 * What flows and what is kept, a second.
 *
 * @param points numbers in samples
 * @param windows window records
 * @param sampleBytes of samples
 * @param windowBytes of windows
 * @param throughputBytes of throughput windows
 * @param changelogBytes that the streams write for themselves
 * @param recordedPoints numbers that go into history
 * @param historyBytes of history once all of its tiers are full; bytes, not a rate
 */
record Rates(
    double points,
    double windows,
    double sampleBytes,
    double windowBytes,
    double throughputBytes,
    double changelogBytes,
    double recordedPoints,
    double historyBytes) {

  /** Batches of one agent are small, and small batches compress badly: twice the bytes. */
  static final double SMALL_BATCHES = 2;

  /** A number's five statistics as line protocol has them: a name, digits and a comma each. */
  static final double LINE_BYTES_PER_POINT = 5 * 30;

  /** Final windows of a resource a second: one in 10 s, in a minute, and in five. */
  private static final double FINALS = 1 / 10.0 + 1 / 60.0 + 1 / 300.0;

  /** Numbers in a throughput window, beside those of a window. */
  private static final double THROUGHPUT_POINTS = 8;

  /** The recorder writes no more open windows than this a second. */
  private static final double UPDATES_RECORDED = 1_000;

  static Rates of(Demand demand, Figures figures) {
    double samples = demand.samplesPerSecond();
    // An open window is told at most once a second, however often its resource is read.
    double updating = demand.resources() * Math.min(1, 1000.0 / demand.interval().toMillis());
    double finals = demand.resources() * FINALS;
    double windows = updating * (figures.windowsPerSample().value() - FINALS) + finals;
    double throughputs = updating * (figures.throughputsPerSample().value() - FINALS) + finals;
    double rowsKept = 1 / 10.0 + 1 / 60.0;
    double row = figures.windowRow().value() + figures.throughputRow().value();
    double recorded = demand.resources() * rowsKept + Math.min(UPDATES_RECORDED, updating);
    return new Rates(
        samples * figures.pointsPerSample().value(),
        windows,
        samples * figures.sampleBytes().value(),
        windows * figures.windowBytes().value(),
        throughputs * figures.throughputBytes().value(),
        samples * figures.changelogBytes().value(),
        recorded * (figures.pointsPerSample().value() + THROUGHPUT_POINTS),
        demand.resources() * row * rows());
  }

  /** Rows of one series once all tiers are full. */
  private static double rows() {
    return Duration.ofDays(7).toSeconds() / 10.0
        + Duration.ofDays(90).toMinutes()
        + Duration.ofDays(730).toHours();
  }
}
