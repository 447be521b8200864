package io.tocsin.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tocsin.schemas.Figure;
import io.tocsin.schemas.Flow;
import io.tocsin.schemas.LatencySource;
import io.tocsin.schemas.LatencyWindow;
import io.tocsin.schemas.ResourceKind;
import io.tocsin.schemas.ThroughputWindow;
import io.tocsin.schemas.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Two hours of a small fleet in a store, and the same for checking what the store says. */
final class FilledHistory {

  /** What service/shop receives and answers a second, all the time. */
  static final double BYTES = 1_000;

  static final double REQUESTS = 7;

  /** What healing/succeeded says all the time. */
  static final double METER = 3;

  /** Each line has one of them. */
  private static final List<String> ONE_ROW_EACH =
      List.of(
          "cpu_percent", "latency_ms", "rx_bytes_per_second", "requests_per_second", "meter_value");

  private static final long SEED = 7;

  /** What one window says of its CPU. */
  record Point(String resource, Tier tier, Instant at, double mean, double max, double p95) {}

  private final HistoryPlace place;
  private final Duration settles;
  private final List<Point> points = new ArrayList<>();
  private final List<String> lines = new ArrayList<>();

  FilledHistory(HistoryPlace place, Duration settles) {
    this.place = place;
    this.settles = settles;
    Random random = new Random(SEED);
    for (Tier tier : List.of(Tier.TEN_SECONDS, Tier.MINUTE)) {
      Instant at = HistoryStoreContract.NOON;
      while (at.isBefore(HistoryStoreContract.TWO)) {
        window("host/a", ResourceKind.HOST, "shop", 0, tier, at, random);
        window("vm/b", ResourceKind.VM, "shop", 0, tier, at, random);
        window(HistoryStoreContract.HOSTILE, ResourceKind.VM, null, 0, tier, at, random);
        window("service/shop", ResourceKind.SERVICE, "shop", 2, tier, at, random);
        latency(LatencySource.PROBES, tier, at, random);
        latency(LatencySource.APPLICATION, tier, at, random);
        throughput(tier, at);
        meter(tier, at);
        at = at.plus(tier.size());
      }
    }
  }

  private void window(
      String id,
      ResourceKind kind,
      String service,
      int members,
      Tier tier,
      Instant at,
      Random random) {
    double mean = 100 * random.nextDouble();
    double max = mean + (100 - mean) * random.nextDouble();
    double p95 = mean + (max - mean) * random.nextDouble();
    points.add(new Point(id, tier, at, mean, max, p95));
    Window window =
        Window.newBuilder()
            .setResourceId(id)
            .setKind(kind)
            .setService(service)
            .setStartsAt(at)
            .setEndsAt(at.plus(tier.size()))
            .setSizeMs(tier.size().toMillis())
            .setLatestAt(at)
            .setIsFinal(true)
            .setIntervals(10)
            .setMembers(members)
            .setCpuPercent(new Figure(mean, max, mean, p95, max))
            .setCores(4.0)
            .setMemoryBytes(8L << 30)
            .build();
    lines.add(WindowPoints.window(window).orElseThrow());
  }

  private void latency(LatencySource source, Tier tier, Instant at, Random random) {
    LatencyWindow window =
        LatencyWindow.newBuilder()
            .setResourceId("endpoint/shop")
            .setKind(ResourceKind.ENDPOINT)
            .setService("shop")
            .setSource(source)
            .setStartsAt(at)
            .setEndsAt(at.plus(tier.size()))
            .setSizeMs(tier.size().toMillis())
            .setLatestAt(at)
            .setIsFinal(true)
            .setCount(10)
            .setMeanMs(10 * random.nextDouble())
            .setMinMs(1.0)
            .setMaxMs(100.0)
            .build();
    lines.add(WindowPoints.latency(window).orElseThrow());
  }

  /** A service has one window of what its resources sent, and one of what it answered. */
  private void throughput(Tier tier, Instant at) {
    ThroughputWindow.Builder of =
        ThroughputWindow.newBuilder()
            .setResourceId("service/shop")
            .setKind(ResourceKind.SERVICE)
            .setService("shop")
            .setStartsAt(at)
            .setEndsAt(at.plus(tier.size()))
            .setSizeMs(tier.size().toMillis())
            .setLatestAt(at)
            .setIsFinal(true)
            .setMembers(2)
            .setCoveredMs(tier.size().toMillis());
    ThroughputWindow traffic =
        ThroughputWindow.newBuilder(of).setRxBytesPerSecond(new Flow(1_000L, BYTES, BYTES)).build();
    ThroughputWindow requests =
        ThroughputWindow.newBuilder(of)
            .setRequestsPerSecond(new Flow(70L, REQUESTS, REQUESTS))
            .build();
    lines.add(WindowPoints.throughput(traffic).orElseThrow());
    lines.add(WindowPoints.throughput(requests).orElseThrow());
  }

  private void meter(Tier tier, Instant at) {
    String id = "healing/succeeded";
    Line line =
        new Line(HistoryTable.METERS.at(tier)).tag("resource", "tocsin/up").tag("meter", id);
    OwnMeter.tags(line, id);
    line.flag("final", true)
        .whole("members", 0L)
        .statistic("meter_value_mean", METER)
        .statistic("meter_value_max", METER)
        .at(at)
        .ifPresent(lines::add);
  }

  HistoryPlace place() {
    return place;
  }

  List<Point> points() {
    return points;
  }

  /** Points that it has. */
  long lines() {
    return lines.size();
  }

  void write() {
    try (PointStore store = place.points()) {
      assertThat(store.write(lines)).isInstanceOf(PointStore.Answer.Stored.class);
    }
  }

  /** Waits until what was written can be asked for. */
  void settle() throws InterruptedException {
    Thread.sleep(settles.toMillis());
  }

  /** Waits until all of it can be asked for the first time. */
  void awaitAll() {
    await()
        .atMost(Duration.ofSeconds(30))
        .ignoreExceptions()
        .until(
            () -> {
              List<HistoryRow> rows = new ArrayList<>();
              try (HistoryStore store = place.open()) {
                for (String figure : ONE_ROW_EACH) {
                  for (Duration step : List.of(Tier.TEN_SECONDS.size(), Tier.MINUTE.size())) {
                    for (Selector each : List.of(Selector.all(), Selector.rollups())) {
                      store.read(
                          new HistoryQuery(
                              List.of(figure),
                              each,
                              Optional.empty(),
                              HistoryStoreContract.NOON,
                              HistoryStoreContract.TWO,
                              step,
                              Aggregate.MEAN,
                              100_000),
                          rows::add);
                    }
                  }
                }
              }
              return rows.size() == lines.size();
            });
  }
}
