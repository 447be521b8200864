package io.tocsin.bench;

import io.tocsin.embedded.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Prometheus with the same figures of the same fleet, scraped each second, with and without rules
 * that make the same windows.
 */
final class PrometheusTrial {

  private static final Duration WARM_UP = Duration.ofSeconds(30);
  private static final Duration SHORTEST = Duration.ofSeconds(30);

  private final Path program;
  private final int resources;
  private final long seed;
  private final Duration span;
  private final Clock clock;

  PrometheusTrial(Path program, int resources, long seed, Duration span, Clock clock) {
    this.program = program;
    this.resources = resources;
    this.seed = seed;
    this.span = span.compareTo(SHORTEST) < 0 ? SHORTEST : span;
    this.clock = clock;
  }

  /**
   * Measures.
   *
   * @param directory of its own, which does not exist yet
   * @param rules which rules it is to work on
   */
  Row run(Path directory, PrometheusFiles.Rules rules) throws IOException, InterruptedException {
    Files.createDirectories(directory);
    int port = Ports.free(1).get(0);
    Fleet fleet = new Fleet(seed, resources);
    try (Exposition fleetHttp = new Exposition(fleet, clock.millis())) {
      Path config = PrometheusFiles.write(directory, fleetHttp.port(), fleetHttp.targets(), rules);
      Path data = directory.resolve("data");
      PartProcess process =
          PartProcess.start(
              "prometheus",
              List.of(
                  program.toString(),
                  "--config.file=" + config,
                  "--storage.tsdb.path=" + data,
                  "--web.listen-address=" + Ports.LOOPBACK + ":" + port),
              directory);
      LocalServer server = new LocalServer("prometheus", port);
      try {
        server.awaitReady();
        Thread.sleep(WARM_UP.toMillis());
        return measure(process, server, fleetHttp, data, rules);
      } finally {
        process.terminate();
      }
    }
  }

  private Row measure(
      PartProcess process,
      LocalServer server,
      Exposition fleetHttp,
      Path data,
      PrometheusFiles.Rules rules)
      throws IOException, InterruptedException {
    ProcessUsage begin = process.usage();
    double own = ProcessUsage.of(ProcessHandle.current().pid()).cpuSeconds();
    long points = fleetHttp.points();
    String before = server.get("/metrics");
    long began = System.nanoTime();
    Thread.sleep(span.toMillis());
    points = fleetHttp.points() - points;
    double seconds = (System.nanoTime() - began) / 1e9;
    ProcessUsage end = process.usage();
    own = ProcessUsage.of(ProcessHandle.current().pid()).cpuSeconds() - own;
    String after = server.get("/metrics");
    Map<String, Double> cpu = new LinkedHashMap<>();
    cpu.put("prometheus", (end.cpuSeconds() - begin.cpuSeconds()) / (points / 1e6));
    cpu.put(Row.GENERATOR, own / (points / 1e6));
    return new Row(
        rules.engine(),
        resources,
        points / seconds / SamplePoint.ALL.size(),
        cpu,
        Map.of("prometheus", end.peakBytes()),
        Installation.bytesBelow(data),
        null,
        null,
        Map.of(),
        List.of(note(before, after, rules)));
  }

  private static String note(String before, String after, PrometheusFiles.Rules rules) {
    if (rules == PrometheusFiles.Rules.NONE) {
      return "scraped each second, no rules";
    }
    String all = "prometheus_rule_group_iterations_total";
    String missed = "prometheus_rule_group_iterations_missed_total";
    return String.format(
        "scraped each second, %d rules; %.0f of %.0f evaluations missed; the last took %.1f s",
        rules.count(),
        LocalServer.metric(after, missed) - LocalServer.metric(before, missed),
        LocalServer.metric(after, all) - LocalServer.metric(before, all),
        LocalServer.metric(after, "prometheus_rule_group_last_duration_seconds"));
  }
}
