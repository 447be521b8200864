package io.tocsin.bench.alerts;

import io.tocsin.bench.LocalServer;
import io.tocsin.bench.PartProcess;
import io.tocsin.bench.ProcessUsage;
import io.tocsin.embedded.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Prometheus and its Alertmanager, set as fast as they go, with the same breaches. Its time to a
 * page begins when the gauge changes: nothing is published there, it is fetched.
 */
final class AlertmanagerTrial {

  static final String PROMETHEUS = "prometheus";
  static final String ALERTMANAGER = "prometheus-alertmanager";

  private static final Duration FIRST_SCRAPES = Duration.ofSeconds(5);
  private static final Duration LAST_PAGES = Duration.ofSeconds(6);

  private final AlertsPlan plan;
  private final int rules;
  private final Clock clock;
  private final Consumer<String> progress;

  AlertmanagerTrial(AlertsPlan plan, int rules, Clock clock, Consumer<String> progress) {
    this.plan = plan;
    this.rules = rules;
    this.clock = clock;
    this.progress = progress;
  }

  /** A change of a gauge. */
  private record Change(long atMs, Breach breach, boolean isBroken) {}

  /**
   * Measures; empty where the programs are not installed.
   *
   * @param directory of its own
   */
  Optional<AlertsRow> run(Path directory) throws IOException, InterruptedException {
    Optional<Path> prometheus = LocalServer.program(PROMETHEUS);
    Optional<Path> alertmanager = LocalServer.program(ALERTMANAGER);
    if (prometheus.isEmpty() || alertmanager.isEmpty()) {
      progress.accept("prometheus and prometheus-alertmanager are not installed, and left out");
      return Optional.empty();
    }
    Files.createDirectories(directory);
    WatchedFleet fleet = new WatchedFleet(plan.seed(), plan.resources());
    List<Integer> ports = Ports.free(2);
    try (Gauges gauges = new Gauges(fleet);
        Webhook webhook = new Webhook(clock)) {
      Path config = AlertmanagerFiles.alertmanager(directory, webhook.port());
      PartProcess telling =
          PartProcess.start(
              ALERTMANAGER,
              List.of(
                  alertmanager.get().toString(),
                  "--config.file=" + config,
                  "--storage.path=" + directory.resolve("alertmanager"),
                  "--web.listen-address=" + Ports.LOOPBACK + ":" + ports.get(1),
                  "--cluster.listen-address="),
              directory);
      try {
        new LocalServer(ALERTMANAGER, ports.get(1)).awaitReady();
        String text = AlertmanagerFiles.rules(rules, fleet);
        config =
            AlertmanagerFiles.prometheus(
                directory, gauges.port(), gauges.targets(), ports.get(1), text);
        PartProcess scraping =
            PartProcess.start(
                PROMETHEUS,
                List.of(
                    prometheus.get().toString(),
                    "--config.file=" + config,
                    "--storage.tsdb.path=" + directory.resolve("data"),
                    "--web.listen-address=" + Ports.LOOPBACK + ":" + ports.get(0)),
                directory);
        try {
          LocalServer server = new LocalServer(PROMETHEUS, ports.get(0));
          server.awaitReady();
          Map<String, Supplier<ProcessUsage>> processes = new LinkedHashMap<>();
          processes.put(PROMETHEUS, scraping::usage);
          processes.put(ALERTMANAGER, telling::usage);
          processes.put("generator", Own::usage);
          return Optional.of(measure(fleet, gauges, webhook, processes, server));
        } finally {
          scraping.terminate();
        }
      } finally {
        telling.terminate();
      }
    }
  }

  private AlertsRow measure(
      WatchedFleet fleet,
      Gauges gauges,
      Webhook webhook,
      Map<String, Supplier<ProcessUsage>> processes,
      LocalServer server)
      throws IOException, InterruptedException {
    Thread.sleep(FIRST_SCRAPES.toMillis());
    List<Breach> breaches = BreachSchedule.of(fleet, plan.whole(), plan.seed());
    progress.accept(String.format("%,d breaches; warming up", breaches.size()));
    Map<Breach, Long> brokeAt = new HashMap<>();
    Usage usage = null;
    long began = System.nanoTime();
    for (Change change : changes(breaches)) {
      if (usage == null && change.atMs() >= plan.warmUp().toMillis()) {
        progress.accept("measuring");
        usage = new Usage(processes);
      }
      long early = change.atMs() - (System.nanoTime() - began) / 1_000_000;
      if (early > 0) {
        Thread.sleep(early);
      }
      gauges.set(change.breach().resourceId(), change.isBroken());
      if (change.isBroken()) {
        brokeAt.put(change.breach(), clock.millis());
      }
    }
    Map<String, Double> cores = usage.cores();
    Thread.sleep(LAST_PAGES.toMillis());
    Map<String, Long> pages = webhook.pages();
    Set<String> broken = breaches.stream().map(Breach::resourceId).collect(Collectors.toSet());
    return new AlertsRow(
        "prometheus",
        fleet.size(),
        rules,
        delays(brokeAt, pages, Way.HEALTH),
        delays(brokeAt, pages, Way.CPU),
        (int) pages.keySet().stream().filter(id -> !broken.contains(id)).count(),
        cores,
        usage.peaks(),
        Map.of(),
        List.of(note(server.get("/metrics"))));
  }

  private Delays delays(Map<Breach, Long> brokeAt, Map<String, Long> pages, Way way) {
    return Delays.ofPages(brokeAt, breach -> breach.way() == way && plan.counts(breach), pages);
  }

  private static List<Change> changes(List<Breach> breaches) {
    List<Change> changes = new ArrayList<>();
    for (Breach breach : breaches) {
      changes.add(new Change(breach.fromMs(), breach, true));
      changes.add(new Change(breach.toMs(), breach, false));
    }
    changes.sort(Comparator.comparingLong(Change::atMs));
    return changes;
  }

  private static String note(String metrics) {
    return String.format(
        "scraped and evaluated each second, group_wait 0s; %.0f of %.0f evaluations missed",
        LocalServer.metric(metrics, "prometheus_rule_group_iterations_missed_total"),
        LocalServer.metric(metrics, "prometheus_rule_group_iterations_total"));
  }
}
