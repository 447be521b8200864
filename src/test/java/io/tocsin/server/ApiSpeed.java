package io.tocsin.server;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.tocsin.schemas.Bottleneck;
import io.tocsin.schemas.BottleneckKind;
import io.tocsin.schemas.BottleneckSeverity;
import io.tocsin.schemas.Figure;
import io.tocsin.schemas.Incident;
import io.tocsin.schemas.IncidentAlert;
import io.tocsin.schemas.IncidentState;
import io.tocsin.schemas.Priority;
import io.tocsin.schemas.Resource;
import io.tocsin.schemas.ResourceKind;
import io.tocsin.schemas.Window;
import io.tocsin.schemas.exchange.Received;
import io.tocsin.schemas.topic.Topic;
import io.tocsin.schemas.topic.Topics;
import io.tocsin.server.access.AccessControl;
import io.tocsin.server.story.StoryApi;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * How fast the API answers: 5,000 resources that each send a window a second, 500 open incidents of
 * which five change a second, 200 requests a second as consoles send them, over real HTTP. Prints
 * percentiles of each request's time from when it was due, so that one that had to wait counts its
 * waiting. Not a test: a busy machine must not fail a build. Run its {@code main}.
 *
 * <p>Client, server and what fills the views share one process here, and so the two cores.
 */
final class ApiSpeed {

  private static final int RESOURCES = 5_000;
  private static final int INCIDENTS = 500;
  private static final int A_SECOND = 200;
  private static final int SECONDS = 20;
  private static final int WARM_UP_SECONDS = 10;

  private static final List<String> MIX =
      List.of(
          "/api/v1/fleet",
          "/api/v1/incidents",
          "/api/v1/incidents",
          "/api/v1/incidents?priority=P0,P1",
          "/api/v1/incidents/i-#",
          "/api/v1/incidents/i-#/axis",
          "/api/v1/incidents/i-#/why",
          "/api/v1/incidents/i-#/path",
          "/api/v1/incidents/i-#/remedies",
          "/api/v1/resources?state=P0,P1,DOWN",
          "/api/v1/resources?text=web-1&limit=50",
          "/api/v1/resource?id=container/web-#",
          "/api/v1/resource?id=host/h-%",
          "/api/v1/graph?root=container/web-#&depth=2",
          "/api/v1/windows?resource=container/web-#",
          "/api/v1/bottlenecks?active=true");

  private final Views views = new Views();
  private final Clock clock = Clock.systemUTC();
  private final Map<String, List<Double>> took = new ConcurrentHashMap<>();
  private final AtomicReference<String> fleetTag = new AtomicReference<>("");
  private final AtomicInteger bad = new AtomicInteger();

  public static void main(String[] arguments) throws Exception {
    new ApiSpeed().run();
  }

  private void run() throws Exception {
    fill();
    ApiServer server =
        new ApiServer(
            views,
            () -> new Readiness(true, Map.of(), 1),
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT),
            AccessControl.OPEN,
            clock,
            StoryApi.Ladders.NONE,
            List.of());
    int port = server.start(0);
    ScheduledExecutorService feeding = Executors.newSingleThreadScheduledExecutor();
    AtomicInteger next = new AtomicInteger();
    feeding.scheduleAtFixedRate(() -> feed(next), 0, 10, TimeUnit.MILLISECONDS);
    ask(port, WARM_UP_SECONDS);
    took.clear();
    long cpu = cpuNanos();
    ask(port, SECONDS);
    double busy = (cpuNanos() - cpu) / 1e9 / SECONDS;
    feeding.shutdownNow();
    server.close();
    print();
    System.out.printf("%.2f cores busy in this process, client and feed included%n", busy);
    System.exit(0);
  }

  private static long cpuNanos() {
    return ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class)
        .getProcessCpuTime();
  }

  private void fill() {
    for (int i = 0; i < RESOURCES; i++) {
      take(Topics.RESOURCES, resource(i));
    }
    for (int i = 0; i < RESOURCES; i++) {
      take(Topics.WINDOWS, window(i));
    }
    for (int i = 0; i < INCIDENTS; i++) {
      take(Topics.INCIDENTS, incident(i, 1));
      take(Topics.BOTTLENECKS, bottleneck(i));
    }
  }

  /** Fifty windows each ten milliseconds; an incident each two hundred. */
  private void feed(AtomicInteger next) {
    for (int i = 0; i < RESOURCES / 100; i++) {
      take(Topics.WINDOWS, window(next.getAndIncrement() % RESOURCES));
    }
    if (next.get() % 1_000 == 0) {
      take(Topics.INCIDENTS, incident((next.get() / 1_000) % INCIDENTS, 1 + next.get() / 1_000));
    }
  }

  private void ask(int port, int seconds) throws Exception {
    HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    int all = seconds * A_SECOND;
    Semaphore done = new Semaphore(0);
    long begin = System.nanoTime();
    for (int i = 0; i < all; i++) {
      long due = begin + TimeUnit.SECONDS.toNanos(1) * i / A_SECOND;
      long wait = due - System.nanoTime();
      if (wait > 0) {
        TimeUnit.NANOSECONDS.sleep(wait);
      }
      String kind = MIX.get(i % MIX.size());
      HttpRequest.Builder request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path(kind)))
              .header("Accept-Encoding", "gzip");
      if (kind.endsWith("/fleet") && !fleetTag.get().isEmpty() && i % 2 == 0) {
        request.header("If-None-Match", fleetTag.get());
      }
      client
          .sendAsync(request.build(), BodyHandlers.ofInputStream())
          .thenAccept(answer -> arrived(kind, answer, due))
          .whenComplete((nothing, failed) -> done.release());
    }
    done.acquire(all);
  }

  private void arrived(String kind, HttpResponse<InputStream> answer, long due) {
    try (InputStream body = answer.body()) {
      body.readAllBytes();
    } catch (java.io.IOException broken) {
      bad.incrementAndGet();
    }
    if (answer.statusCode() != 200 && answer.statusCode() != 304) {
      bad.incrementAndGet();
    }
    if (kind.endsWith("/fleet")) {
      answer.headers().firstValue("ETag").ifPresent(fleetTag::set);
    }
    double milliseconds = (System.nanoTime() - due) / 1e6;
    took.computeIfAbsent(kind, fresh -> new ArrayList<>());
    List<Double> times = took.get(kind);
    synchronized (times) {
      times.add(milliseconds);
    }
  }

  private static String path(String kind) {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    // Every fiftieth is a host.
    return kind.replace("#", "" + (50 * random.nextInt(INCIDENTS / 50) + random.nextInt(1, 50)))
        .replace("%", "" + random.nextInt(RESOURCES / 50));
  }

  private void print() {
    List<Double> all = new ArrayList<>();
    new TreeMap<>(took)
        .forEach(
            (kind, times) -> {
              all.addAll(times);
              line(kind, times);
            });
    line("all", all);
    System.out.printf("%d requests failed%n", bad.get());
  }

  private static void line(String kind, List<Double> times) {
    double[] sorted = times.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    System.out.printf(
        "%-45s %6d  p50 %7.2f ms  p99 %7.2f ms  max %7.2f ms%n",
        kind,
        sorted.length,
        sorted[sorted.length / 2],
        sorted[(int) (sorted.length * 0.99)],
        Arrays.stream(sorted).max().orElse(0));
  }

  /** A hundred hosts, and fifty containers on each, of a hundred services. */
  private Resource resource(int i) {
    boolean host = i % 50 == 0;
    return Resource.newBuilder()
        .setId(host ? "host/h-" + i / 50 : "container/web-" + i)
        .setKind(host ? ResourceKind.HOST : ResourceKind.CONTAINER)
        .setName(host ? "h-" + i / 50 : "web-" + i)
        .setParent(host ? null : "host/h-" + i / 50)
        .setService(host ? null : "service-" + i % 100)
        .setIntervalMs(1_000)
        .setUpdatedAt(clock.instant())
        .build();
  }

  private String id(int i) {
    return i % 50 == 0 ? "host/h-" + i / 50 : "container/web-" + i;
  }

  private Window window(int i) {
    Instant now = clock.instant();
    Figure figure = new Figure(10.0 + i % 80, 90.0, 40.0, 80.0, 85.0);
    return Window.newBuilder()
        .setResourceId(id(i))
        .setKind(i % 50 == 0 ? ResourceKind.HOST : ResourceKind.CONTAINER)
        .setStartsAt(now)
        .setEndsAt(now.plusSeconds(10))
        .setSizeMs(10_000)
        .setLatestAt(now)
        .setIsFinal(false)
        .setIntervals(3)
        .setCpuPercent(figure)
        .setMemoryPercent(figure)
        .setIoPercent(figure)
        .setNetworkPercent(figure)
        .setEfficiency(0.8)
        .build();
  }

  private Incident incident(int i, int version) {
    Instant now = clock.instant();
    return Incident.newBuilder()
        .setId("i-" + i)
        .setRule("cpu-saturated")
        .setResourceId(id(i))
        .setService("service-" + i % 100)
        .setState(IncidentState.OPEN)
        .setPriority(Priority.values()[i % 4])
        .setPriorityReason("core service, one of its containers is short of CPU")
        .setSummary("web-" + i + " has used more than 80 % of its CPU for a minute")
        .setEvidence(List.of("cpu 93 %", "pressure 41 %"))
        .setStartedAt(now)
        .setOpenedAt(now)
        .setUpdatedAt(now)
        .setDueAt(now)
        .setVersion(version)
        .setAffected(List.of(id(i), "host/h-" + i / 50))
        .setAlerts(
            List.of(
                IncidentAlert.newBuilder()
                    .setAlertId("a-" + i)
                    .setRule("cpu-saturated")
                    .setResourceId(id(i))
                    .setSeries("CPU")
                    .setState("FIRING")
                    .setSince(now)
                    .setAt(now)
                    .setSummary("cpu 93 %")
                    .build()))
        .build();
  }

  private Bottleneck bottleneck(int i) {
    return Bottleneck.newBuilder()
        .setResourceId(id(i))
        .setResourceKind(ResourceKind.CONTAINER)
        .setKind(BottleneckKind.CPU)
        .setActive(true)
        .setSince(clock.instant())
        .setAt(clock.instant())
        .setValue(93)
        .setThreshold(80)
        .setUnit("%")
        .setConfidence(0.9)
        .setSeverity(BottleneckSeverity.MEDIUM)
        .setEvidence(List.of("cpu 93 % for 60 s"))
        .build();
  }

  private <V extends SpecificRecord> void take(Topic<V> topic, V value) {
    byte[] key = topic.keyOf(value).getBytes(StandardCharsets.UTF_8);
    views.apply(new Received<>(topic, value, new ConsumerRecord<>(topic.name(), 0, 0, key, null)));
  }
}
