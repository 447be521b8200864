package io.tocsin.sizing;

import java.util.Comparator;
import java.util.List;

/** What gives way first: each part's measured or built-in bound, in resources. */
final class Limits {

  /** As {@code history.max-series} has it where nothing is written. */
  private static final long SERIES = 100_000;

  private static final long PARTITIONS_MADE = 4;
  private static final long PARTITIONS_MOST = 128;
  private static final double GIGABIT = 125e6;
  private static final double CONSOLE_HEAP = 8e9;
  private static final double DISK = 10e12;

  private final Figures figures;

  Limits(Figures figures) {
    this.figures = figures;
  }

  /** All of them, the first to give way first. */
  List<Limit> of(Demand demand) {
    double a = demand.interval().toMillis() / 1000.0; // resources for a sample a second
    Rates one = Rates.of(demand.of(1_000_000), figures);
    double partition = figures.partitionSamples().value();
    return java.util.stream.Stream.of(
            new Limit(
                "history.max-series, as it is without configuration",
                SERIES,
                "raise history.max-series"),
            new Limit(
                "the 4 partitions that topics are made with",
                (long) (PARTITIONS_MADE * partition * a),
                "make the topics with --partitions; later changes move keys"),
            new Limit(
                "128 partitions, Flink's key groups",
                (long) (PARTITIONS_MOST * partition * a),
                "a second installation; a fleet is divided by site"),
            new Limit(
                "one recorder",
                million(figures.recorderPoints().value(), one.recordedPoints()),
                "start more: they share the partitions"),
            new Limit(
                "one QuestDB, writing",
                million(figures.storePoints().value(), one.recordedPoints()),
                "InfluxDB in a cluster, or an installation for each site"),
            new Limit(
                "10 TB of history on one disk",
                million(DISK, one.historyBytes()),
                "more disk, or an InfluxDB, which packs history more densely"),
            new Limit(
                "a gigabit link to one broker of %d".formatted(Math.max(3, demand.copies())),
                million(
                    GIGABIT * Math.max(3, demand.copies()),
                    demand.copies()
                        * (one.sampleBytes()
                            + one.windowBytes()
                            + one.throughputBytes()
                            + one.changelogBytes())),
                "ten gigabit, or more brokers"),
            new Limit(
                "a console with 8 GB of heap",
                (long) (CONSOLE_HEAP / (2 * figures.consoleState().value())),
                "more heap; a console for each site"))
        .sorted(Comparator.comparingLong(Limit::resources))
        .toList();
  }

  private static long million(double bound, double atMillion) {
    return (long) (1e6 * bound / atMillion);
  }
}
