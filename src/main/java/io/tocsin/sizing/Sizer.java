package io.tocsin.sizing;

import java.util.List;

/**
 * Turns a demand into machines: each rate follows from the fleet, each cost is a measured figure
 * times a rate. Everything grows in proportion but for the bases of processes, as the bench found
 * the cost of a sample the same from 1,000 to 100,000 resources.
 */
public final class Sizer {

  /** The collector wants about as much room again as what lives. */
  private static final double ROOM = 2;

  /** No more partitions than Flink has key groups: more readers would have nothing to read. */
  private static final int MOST_PARTITIONS = 128;

  private static final int FEWEST_PARTITIONS = 4;

  /** More heap than this makes pauses that window updates wait for. */
  private static final double INSTANCE_MEMORY = 32e9;

  private final Figures figures;

  /** With these figures. */
  public Sizer(Figures figures) {
    this.figures = figures;
  }

  /** What a demand comes to. */
  public Plan plan(Demand demand) {
    Rates rates = Rates.of(demand, figures);
    int partitions = partitions(demand);
    StageNeed streams = streams(demand, rates);
    return new Plan(
        demand,
        demand.samplesPerSecond(),
        rates.points(),
        Math.max(partitions, upToFour(streams.instances() * threads(demand))),
        List.of(
            agents(demand, rates),
            brokers(demand, rates),
            streams,
            alerting(demand, rates),
            recorder(demand, rates),
            store(demand, rates),
            console(demand, rates)),
        new Limits(figures).of(demand),
        figures);
  }

  private int partitions(Demand demand) {
    double each = figures.partitionSamples().value() * demand.use();
    return upToFour((long) Math.ceil(demand.samplesPerSecond() / each));
  }

  private static int upToFour(long wanted) {
    long multiple = (wanted + FEWEST_PARTITIONS - 1) / FEWEST_PARTITIONS * FEWEST_PARTITIONS;
    return (int) Math.min(MOST_PARTITIONS, Math.max(FEWEST_PARTITIONS, multiple));
  }

  private static int threads(Demand demand) {
    return Math.min(FEWEST_PARTITIONS, demand.cores());
  }

  private StageNeed agents(Demand demand, Rates rates) {
    double out = rates.sampleBytes() * Rates.SMALL_BATCHES;
    return new StageNeed(
        "agents",
        demand.hosts(),
        demand.hosts() * 0.01,
        demand.hosts() * figures.agentMemory().value(),
        0,
        0,
        out,
        "one on each host; a spool of up to 512 MiB while the brokers are away");
  }

  private StageNeed brokers(Demand demand, Rates rates) {
    double seconds = demand.retention().toSeconds();
    double written = rates.sampleBytes() + rates.windowBytes() + rates.throughputBytes();
    double own = rates.changelogBytes();
    int copies = demand.copies();
    double state = demand.resources() * figures.streamsState().value();
    double cores = rates.points() / 1e6 * figures.brokerCpu().value() * copies / demand.use();
    return new StageNeed(
        "brokers",
        Math.max(copies, instances(cores, demand)),
        cores,
        Math.max(copies, instances(cores, demand)) * 2e9,
        copies * (written * seconds + state),
        copies * (written + own),
        (copies - 1) * (written + own)
            + rates.sampleBytes()
            + 3 * rates.windowBytes()
            + 2 * rates.throughputBytes()
            + demand.standbys() * own,
        "what is written, %d times, for %.1f days; memory beyond 2 GB each is page cache"
            .formatted(copies, seconds / 86_400));
  }

  private StageNeed streams(Demand demand, Rates rates) {
    double cores = rates.points() / 1e6 * figures.streamsCpu().value() / demand.use();
    double heap =
        ROOM * demand.resources() * figures.streamsState().value() * (1 + demand.standbys());
    long instances =
        Math.max(
            Math.max(instances(cores, demand), (long) Math.ceil(heap / INSTANCE_MEMORY)),
            1 + demand.standbys());
    double written = rates.windowBytes() + rates.throughputBytes() + rates.changelogBytes();
    return new StageNeed(
        "streams",
        instances,
        cores,
        instances * figures.streamsBase().value() + heap,
        demand.resources() * figures.streamsState().value() * (1 + demand.standbys()),
        rates.sampleBytes() + demand.standbys() * rates.changelogBytes(),
        written,
        cores / demand.cores() >= heap / INSTANCE_MEMORY ? "cores decide" : "memory decides");
  }

  private StageNeed alerting(Demand demand, Rates rates) {
    double cores = rates.windows() * figures.alertingCpu().value() / demand.use();
    long tasks = instances(cores, demand);
    return new StageNeed(
        "alerting",
        tasks,
        cores,
        tasks * figures.alertingBase().value()
            + ROOM * demand.resources() * figures.alertingState().value(),
        3 * demand.resources() * figures.alertingState().value(),
        rates.windowBytes(),
        0.01 * rates.windowBytes(),
        "task managers, for 100 rules; disk is three checkpoints; beyond 8 GB of state take RocksDB");
  }

  private StageNeed recorder(Demand demand, Rates rates) {
    double share = rates.recordedPoints() / figures.recorderPoints().value();
    return new StageNeed(
        "recorder",
        Math.max(1, (long) Math.ceil(share / demand.use())),
        2 * share / demand.use(),
        Math.max(1, Math.ceil(share / demand.use())) * 512e6,
        0,
        rates.windowBytes() + rates.throughputBytes(),
        rates.recordedPoints() * Rates.LINE_BYTES_PER_POINT,
        "each a share of the partitions");
  }

  private StageNeed store(Demand demand, Rates rates) {
    double share = rates.recordedPoints() / figures.storePoints().value();
    return new StageNeed(
        "store",
        1,
        Math.max(1, 2 * share / demand.use()),
        4e9,
        rates.historyBytes(),
        rates.recordedPoints() * Rates.LINE_BYTES_PER_POINT,
        0,
        "QuestDB's: 7 days of 10 s, 90 days of minutes, 2 years of hours; one node");
  }

  private StageNeed console(Demand demand, Rates rates) {
    double memory =
        figures.consoleBase().value() + ROOM * demand.resources() * figures.consoleState().value();
    return new StageNeed(
        "console",
        2,
        2 * Math.max(0.5, rates.windows() * figures.alertingCpu().value()),
        2 * memory,
        0,
        2 * rates.windowBytes(),
        0,
        "each knows all of the fleet");
  }

  private static long instances(double cores, Demand demand) {
    return Math.max(1, (long) Math.ceil(cores / demand.cores()));
  }
}
