package io.tocsin.bench;

import io.tocsin.schemas.topic.Cluster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Our topologies: first a backlog as fast as they can, then samples at an even rate, then a look at
 * whether each sample is in exactly one final window.
 *
 * <p>The fleet's clock: the warm-up was an hour ago, the backlog lies after a pause, the even rate
 * is now. The pause is longer than it takes to write the backlog, or the resources, having been
 * silent, would rightly find it late.
 */
final class StreamsTrial {

  private static final long HISTORY_MS = Duration.ofMinutes(55).toMillis();
  private static final long PAUSE_MS = Duration.ofMinutes(15).toMillis();

  /**
   * Warm-up, pause and backlog have to end before now: later times would count as a wrong clock.
   */
  private static final int MOST_SECONDS = 1_150;

  /**
   * With less of the fleet's time in the backlog, a large fleet would have more windows to end than
   * samples to take in, which it never has in earnest.
   */
  private static final int LEAST_SECONDS = 60;

  /** By as many samples, compilers are done with most that is hot, at the speed hoped for. */
  private static final int WARM_UP_SAMPLES_PER_SECOND = 40_000;

  /** A resource keeps 250 samples for the 5 s of grace at most; this stays below. */
  private static final int MOST_PER_RESOURCE = 40;

  /** Far enough for windows of 10 s to end, near enough not to be taken for a wrong clock. */
  private static final long CLOSING_MS = 16_000;

  private static final Duration SHORTEST_RAMP = Duration.ofSeconds(4);
  private static final Duration STUCK = Duration.ofSeconds(60);
  private static final Duration SAY_LIMIT = Duration.ofSeconds(60);

  private final BenchPlan plan;
  private final Installation installation;
  private final SampleFeed feed;
  private final Fleet fleet;
  private final Clock clock;
  private final Consumer<String> progress;

  StreamsTrial(
      BenchPlan plan,
      Installation installation,
      SampleFeed feed,
      Fleet fleet,
      Clock clock,
      Consumer<String> progress) {
    this.plan = plan;
    this.installation = installation;
    this.feed = feed;
    this.fleet = fleet;
    this.clock = clock;
    this.progress = progress;
  }

  /** Writes samples to warm up on; the raw parts read them, too. */
  static void warmUp(SampleFeed feed, Fleet fleet, Duration span, Clock clock) {
    long samples = WARM_UP_SAMPLES_PER_SECOND * span.toSeconds();
    int seconds = (int) Math.max(2, Math.min(MOST_SECONDS, samples / fleet.size()));
    feed.prepare(clock.millis() - HISTORY_MS, seconds);
    feed.show();
  }

  Row run() throws InterruptedException, IOException {
    Cluster cluster = installation.cluster();
    String group = StreamsPart.settings(plan.threads()).applicationId();
    try (StreamsInstances streams = new StreamsInstances(plan, installation);
        GroupProgress done = new GroupProgress(cluster, group)) {
      double guess = done.awaitPast(feed.lastOffsets(), STUCK).lateRate();
      progress.accept(String.format("warm, about %,.0f samples/s; writing the backlog", guess));
      Map<String, Double> cpu = new LinkedHashMap<>();
      double rate = backlog(streams, done, guess, cpu);
      Row.Paced paced = paced(done, rate);
      progress.accept("counting the windows");
      long expected = fleet.intervals();
      long newestAt = fleet.newestAt();
      feed.prepare(newestAt + CLOSING_MS, 1);
      feed.show();
      done.awaitPast(feed.lastOffsets(), STUCK);
      String counters = streams.counters(SAY_LIMIT);
      Map<String, Long> peak = new LinkedHashMap<>();
      peak.put("streams", streams.peakBytes());
      peak.put("broker", installation.broker().usage().peakBytes());
      long state = Installation.bytesBelow(installation.state());
      Row.Check check = new WindowReader(cluster).count(newestAt, expected, counters);
      return new Row(
          "streams", fleet.size(), rate, cpu, peak, state, paced, check, profile(), notes());
    }
  }

  private List<String> notes() {
    if (plan.instances() == 1 && plan.coreLimit() == 0) {
      return List.of();
    }
    String limit = plan.coreLimit() > 0 ? plan.coreLimit() + " cores each" : "no limit of cores";
    return List.of(plan.instances() + " instances, " + limit);
  }

  private Map<String, List<FlightTable.Line>> profile() throws IOException {
    return plan.profile() == null ? Map.of() : FlightTable.of(plan.profileOf(fleet.size()));
  }

  private double backlog(
      StreamsInstances streams, GroupProgress done, double guess, Map<String, Double> cpu)
      throws InterruptedException, IOException {
    int seconds = (int) Math.round(guess * plan.span().toMillis() / 1e3 / fleet.size());
    seconds = Math.max(LEAST_SECONDS, Math.min(MOST_SECONDS, seconds));
    long samples = (long) seconds * fleet.size();
    double own = ProcessUsage.of(ProcessHandle.current().pid()).cpuSeconds();
    feed.prepare(fleet.newestAt() + PAUSE_MS, seconds);
    own = ProcessUsage.of(ProcessHandle.current().pid()).cpuSeconds() - own;
    if (plan.profile() != null) {
      streams.first().tell("profile");
    }
    progress.accept(String.format("working off %,d samples", samples));
    double begin = streams.cpuSeconds();
    ProcessUsage brokerBegin = installation.broker().usage();
    feed.show();
    GroupProgress.Stretch stretch = done.awaitPast(feed.lastOffsets(), STUCK);
    double millionPoints = samples * SamplePoint.ALL.size() / 1e6;
    cpu.put("streams", (streams.cpuSeconds() - begin) / millionPoints);
    cpu.put(
        "broker",
        (installation.broker().usage().cpuSeconds() - brokerBegin.cpuSeconds()) / millionPoints);
    cpu.put(Row.GENERATOR, own / millionPoints);
    if (plan.profile() != null) {
      streams.first().tell("dump " + plan.profileOf(fleet.size()).toAbsolutePath());
      streams.first().await("dumped", SAY_LIMIT);
    }
    return samples * 1e9 / stretch.nanos();
  }

  private Row.Paced paced(GroupProgress done, double reached) throws InterruptedException {
    double wanted = plan.pacedRate() > 0 ? plan.pacedRate() : reached / 2;
    double rate = Math.min(wanted, (double) MOST_PER_RESOURCE * fleet.size());
    progress.accept(String.format("%,.0f samples/s at an even rate", rate));
    Duration ramp = ramp(rate);
    AtomicBoolean stop = new AtomicBoolean();
    CountDownLatch reads = new CountDownLatch(1);
    CompletableFuture<Latencies.Summary> fresh =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                long from = clock.millis() + ramp.toMillis();
                return new WindowReader(installation.cluster())
                    .watch(from, stop, clock, reads::countDown);
              } catch (IOException broken) {
                throw new UncheckedIOException(broken);
              }
            });
    long[] mostLag = {0};
    CompletableFuture<Void> lag =
        CompletableFuture.runAsync(
            () -> {
              try {
                Thread.sleep(ramp.toMillis());
                while (!stop.get()) {
                  mostLag[0] = Math.max(mostLag[0], done.lag(feed.lastOffsets()));
                  Thread.sleep(1_000);
                }
              } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
              }
            });
    reads.await();
    feed.pace(rate, plan.span().plus(ramp), clock);
    done.awaitPast(feed.lastOffsets(), STUCK);
    Thread.sleep(500); // what was committed last has yet to be read
    stop.set(true);
    lag.join();
    return new Row.Paced(rate, fresh.join(), mostLag[0]);
  }

  /** The first sample of each machine ends the windows from before the pause: that is no rate. */
  private Duration ramp(double rate) {
    return SHORTEST_RAMP.plusMillis(Math.round(2_000.0 * fleet.size() / rate));
  }
}
