package io.tocsin.bench;

import io.tocsin.embedded.Ports;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Prometheus with the same figures of the same fleet, scraped each second, with and without rules
 * that make the same windows.
 */
final class PrometheusTrial {

  private static final Duration WARM_UP = Duration.ofSeconds(30);
  private static final Duration SHORTEST = Duration.ofSeconds(30);
  private static final Duration READY_LIMIT = Duration.ofSeconds(60);

  private final Path program;
  private final int resources;
  private final long seed;
  private final Duration span;
  private final Clock clock;
  private final HttpClient http = HttpClient.newHttpClient();

  PrometheusTrial(Path program, int resources, long seed, Duration span, Clock clock) {
    this.program = program;
    this.resources = resources;
    this.seed = seed;
    this.span = span.compareTo(SHORTEST) < 0 ? SHORTEST : span;
    this.clock = clock;
  }

  /** Where Prometheus is installed, if it is. */
  static Optional<Path> program() {
    return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
        .map(directory -> Path.of(directory, "prometheus"))
        .filter(Files::isExecutable)
        .findFirst();
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
      try {
        awaitReady(port);
        Thread.sleep(WARM_UP.toMillis());
        return measure(process, port, fleetHttp, data, rules);
      } finally {
        process.terminate();
      }
    }
  }

  private Row measure(
      PartProcess process, int port, Exposition fleetHttp, Path data, PrometheusFiles.Rules rules)
      throws IOException, InterruptedException {
    ProcessUsage begin = process.usage();
    double own = ProcessUsage.of(ProcessHandle.current().pid()).cpuSeconds();
    long points = fleetHttp.points();
    String before = get(port, "/metrics");
    long began = System.nanoTime();
    Thread.sleep(span.toMillis());
    points = fleetHttp.points() - points;
    double seconds = (System.nanoTime() - began) / 1e9;
    ProcessUsage end = process.usage();
    own = ProcessUsage.of(ProcessHandle.current().pid()).cpuSeconds() - own;
    String after = get(port, "/metrics");
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
        metric(after, missed) - metric(before, missed),
        metric(after, all) - metric(before, all),
        metric(after, "prometheus_rule_group_last_duration_seconds"));
  }

  /** Sum over all series of a metric in Prometheus' text format. */
  static double metric(String text, String name) {
    return text.lines()
        .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  private void awaitReady(int port) throws InterruptedException {
    long deadline = System.nanoTime() + READY_LIMIT.toNanos();
    while (System.nanoTime() < deadline) {
      try {
        get(port, "/-/ready");
        return;
      } catch (IOException notYet) {
        Thread.sleep(200);
      }
    }
    throw new BenchFailure("prometheus is not ready after " + READY_LIMIT.toSeconds() + " s");
  }

  private String get(int port, String path) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://" + Ports.LOOPBACK + ":" + port + path))
            .timeout(Duration.ofSeconds(20))
            .build();
    HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new IOException("prometheus answered " + answer.statusCode() + " to " + path);
    }
    return answer.body();
  }
}
