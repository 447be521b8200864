package io.tocsin.bench.alerts;

import io.tocsin.bench.AlertingPart;
import io.tocsin.bench.GroupProgress;
import io.tocsin.bench.Installation;
import io.tocsin.bench.Part;
import io.tocsin.bench.PartProcess;
import io.tocsin.bench.ProcessUsage;
import io.tocsin.schemas.topic.Cluster;
import io.tocsin.streams.topology.StreamsSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Our pipeline with a number of rules: broker, streams and alerting, each in a process. */
final class AlertsTrial {

  /** Rules are compiled when the first record comes. */
  private static final Duration FIRST_PAGE_LIMIT = Duration.ofSeconds(300);

  /** By as many samples, compilers are done with most that is hot. */
  private static final int HISTORY_SAMPLES = 500_000;

  /** No more, so that it ends before now. */
  private static final int MOST_HISTORY_S = 600;

  private static final long HISTORY_MS = Duration.ofMinutes(30).toMillis();
  private static final Duration STUCK = Duration.ofSeconds(60);

  /** For windows that wait when all samples have been worked off. */
  private static final Duration CATCHING_UP = Duration.ofSeconds(5);

  private static final Duration LAST_PAGES = Duration.ofSeconds(3);
  private static final Duration SAY_LIMIT = Duration.ofSeconds(60);

  private final AlertsPlan plan;
  private final int rules;
  private final Clock clock;
  private final Consumer<String> progress;

  AlertsTrial(AlertsPlan plan, int rules, Clock clock, Consumer<String> progress) {
    this.plan = plan;
    this.rules = rules;
    this.clock = clock;
    this.progress = progress;
  }

  /**
   * Measures.
   *
   * @param directory of its own
   */
  AlertsRow run(Path directory, String registryUrl) throws IOException, InterruptedException {
    WatchedFleet fleet = new WatchedFleet(plan.seed(), plan.resources());
    Path alertingHome = Files.createDirectories(directory.resolve("alerting"));
    Files.writeString(alertingHome.resolve(AlertingPart.RULES), BenchRules.of(rules, fleet));
    progress.accept("starting broker, streams and alerting");
    try (Installation installation = Installation.start(directory, plan.threads(), registryUrl);
        AlertFeed feed = new AlertFeed(installation.cluster(), fleet, clock)) {
      feed.inventory();
      try (PartProcess streams = installation.start(Part.STREAMS, plan.streamsJvm());
          PartProcess alerting =
              installation.start(Part.ALERTING, alertingHome, plan.alertingJvm());
          PageWatch watch = new PageWatch(installation.cluster(), clock)) {
        long began = clock.millis();
        feed.probeDown(0);
        double first = (watch.awaitPage(fleet.endpoint(0), FIRST_PAGE_LIMIT) - began) / 1e3;
        Map<String, PartProcess> parts = new LinkedHashMap<>();
        parts.put("alerting", alerting);
        parts.put("streams", streams);
        parts.put("broker", installation.broker());
        String note = String.format("the first page came %.1f s after the start", first);
        return measure(installation.cluster(), fleet, feed, watch, parts, note);
      }
    }
  }

  private AlertsRow measure(
      Cluster cluster,
      WatchedFleet fleet,
      AlertFeed feed,
      PageWatch watch,
      Map<String, PartProcess> parts,
      String note)
      throws InterruptedException {
    progress.accept("working off a history");
    int seconds = Math.min(MOST_HISTORY_S, HISTORY_SAMPLES / fleet.size());
    feed.history(clock.millis() - HISTORY_MS, seconds);
    try (GroupProgress streams = streams(cluster)) {
      streams.awaitPast(feed.lastOffsets(), STUCK);
    }
    Thread.sleep(CATCHING_UP.toMillis());
    List<Breach> breaches = BreachSchedule.of(fleet, plan.whole(), plan.seed());
    CompletableFuture<Void> fed =
        CompletableFuture.runAsync(() -> feed.run(breaches, plan.whole()));
    progress.accept(String.format("%,d breaches; warming up", breaches.size()));
    Thread.sleep(plan.warmUp().toMillis());
    progress.accept("measuring");
    if (plan.profiles() != null) {
      parts.get("alerting").tell("profile");
      parts.get("streams").tell("profile");
    }
    Usage usage = new Usage(processes(parts));
    fed.join();
    Map<String, Double> cores = usage.cores();
    Map<String, Long> lag = lag(cluster, feed, parts.get("alerting"));
    Thread.sleep(LAST_PAGES.toMillis());
    if (plan.profiles() != null) {
      dump(parts, "alerting");
      dump(parts, "streams");
    }
    PageWatch.Seen seen = watch.seen();
    return new AlertsRow(
        "tocsin",
        fleet.size(),
        rules,
        delays(feed, seen, Way.HEALTH),
        delays(feed, seen, Way.CPU),
        unexpected(seen, breaches, fleet),
        cores,
        usage.peaks(),
        lag,
        List.of(note));
  }

  private void dump(Map<String, PartProcess> parts, String name) throws InterruptedException {
    Path file = plan.profiles().resolve(name + "-" + rules + ".jfr");
    parts.get(name).tell("dump " + file.toAbsolutePath());
    parts.get(name).await("dumped", SAY_LIMIT);
  }

  private Delays delays(AlertFeed feed, PageWatch.Seen seen, Way way) {
    return Delays.of(feed.moments(), breach -> breach.way() == way && plan.counts(breach), seen);
  }

  private static int unexpected(PageWatch.Seen seen, List<Breach> breaches, WatchedFleet fleet) {
    Set<String> broken = breaches.stream().map(Breach::resourceId).collect(Collectors.toSet());
    broken.add(fleet.endpoint(0));
    return (int) seen.pages().keySet().stream().filter(id -> !broken.contains(id)).count();
  }

  private static Map<String, Long> lag(Cluster cluster, AlertFeed feed, PartProcess alerting)
      throws InterruptedException {
    Map<String, Long> lag = new LinkedHashMap<>();
    alerting.tell("lag");
    lag.put("alerting", Long.parseLong(alerting.await("lag", SAY_LIMIT)));
    try (GroupProgress streams = streams(cluster)) {
      lag.put("streams at the end", streams.lag(feed.lastOffsets()));
    }
    return lag;
  }

  private static GroupProgress streams(Cluster cluster) {
    return new GroupProgress(cluster, StreamsSettings.embedded().applicationId());
  }

  private static Map<String, Supplier<ProcessUsage>> processes(Map<String, PartProcess> parts) {
    Map<String, Supplier<ProcessUsage>> processes = new LinkedHashMap<>();
    parts.forEach((name, part) -> processes.put(name, part::usage));
    processes.put("generator", Own::usage);
    return processes;
  }
}
