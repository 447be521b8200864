package io.tocsin.e2e;

import io.tocsin.schemas.Figure;
import io.tocsin.schemas.Health;
import io.tocsin.schemas.Incident;
import io.tocsin.schemas.Origin;
import io.tocsin.schemas.Probe;
import io.tocsin.schemas.ProbeKind;
import io.tocsin.schemas.ResourceKind;
import io.tocsin.schemas.Tier;
import io.tocsin.schemas.Window;
import io.tocsin.schemas.exchange.Received;
import io.tocsin.schemas.exchange.TopicReader;
import io.tocsin.schemas.exchange.TopicWriter;
import io.tocsin.schemas.topic.Cluster;
import io.tocsin.schemas.topic.Topics;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * A fleet of hosts of which each closes a window every ten seconds, evenly spread, and endpoints
 * that break one after another, each for five seconds. Notes every window that the broker has
 * taken, and how long it took from the publication of a bad probe to the incident on its topic.
 */
final class AwayLoad implements AutoCloseable {

  /** Thirty hosts a second, as of a fleet of 300. */
  private static final int HOSTS = 300;

  private static final long TICK_MS = 20;
  private static final long WINDOW_MS = 10_000;
  private static final Duration BROKEN_FOR = Duration.ofSeconds(5);
  private static final Duration POLL = Duration.ofMillis(100);

  private final ScheduledExecutorService ticks = Executors.newScheduledThreadPool(2);
  private final TopicWriter writer;
  private final TopicReader reader;
  private final Clock clock;
  private final Random random;
  private final long breaksEveryMs;
  private final Map<String, Float> acknowledged = new ConcurrentHashMap<>();
  private final Map<String, Long> brokenAt = new ConcurrentHashMap<>();
  private final Set<String> incidents = ConcurrentHashMap.newKeySet();
  private final ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();
  private final Thread reading = new Thread(this::read, "test-incidents");
  private volatile Trial phase;
  private volatile boolean stopping;
  private long sent;
  private long began;
  private int broken;

  /**
   * @param breaksEvery time between two endpoints' breaking, on average
   */
  AwayLoad(Cluster cluster, Clock clock, long seed, Duration breaksEvery) {
    this.writer = new TopicWriter(cluster, "test-fleet");
    this.reader = TopicReader.fromNow(cluster, "test-incidents", clock, Set.of(Topics.INCIDENTS));
    this.clock = clock;
    this.random = new Random(seed);
    this.breaksEveryMs = breaksEvery.toMillis();
  }

  /** Begins. */
  void start() {
    began = clock.millis();
    reading.start();
    ticks.scheduleAtFixedRate(() -> tried(this::windows), 0, TICK_MS, TimeUnit.MILLISECONDS);
    ticks.schedule(() -> tried(this::breaks), 0, TimeUnit.MILLISECONDS);
  }

  private void tried(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException failed) {
      failures.add(failed);
    }
  }

  /** From now on delays are put there. */
  Trial phase(String name) {
    phase = new Trial(name);
    return phase;
  }

  private void windows() {
    long due = (clock.millis() - began) * HOSTS / WINDOW_MS;
    for (; sent < due; sent++) {
      String host = "host/" + sent % HOSTS;
      long at = (began / WINDOW_MS + sent / HOSTS) * WINDOW_MS;
      float mean = random.nextInt(800) / 10f;
      writer
          .send(Topics.WINDOWS, window(host, Instant.ofEpochMilli(at), mean))
          .whenComplete(
              (taken, failure) -> {
                if (failure == null) {
                  acknowledged.put(host + "@" + at, mean);
                } else {
                  failures.add(failure);
                }
              });
    }
  }

  private static Window window(String host, Instant at, double mean) {
    Figure figure = new Figure(mean, mean, mean, mean, mean);
    return Window.newBuilder()
        .setResourceId(host)
        .setKind(ResourceKind.HOST)
        .setService("fleet")
        .setStartsAt(at)
        .setEndsAt(at.plusMillis(WINDOW_MS))
        .setSizeMs(WINDOW_MS)
        .setLatestAt(at)
        .setIsFinal(true)
        .setIntervals(10)
        .setCpuPercent(figure)
        .setMemoryPercent(figure)
        .setNetworkPercent(figure)
        .build();
  }

  private void breaks() {
    String endpoint = "endpoint/away-" + broken++;
    Probe down = probe(endpoint, Health.DOWN);
    brokenAt.put(endpoint, System.nanoTime());
    writer.send(Topics.PROBES, down);
    ticks.schedule(
        () -> tried(() -> writer.send(Topics.PROBES, probe(endpoint, Health.UP))),
        BROKEN_FOR.toMillis(),
        TimeUnit.MILLISECONDS);
    // Not on a beat, or each would meet the same moment of whatever else happens once a second.
    long next = breaksEveryMs / 2 + random.nextInt((int) breaksEveryMs);
    ticks.schedule(() -> tried(this::breaks), next, TimeUnit.MILLISECONDS);
  }

  private Probe probe(String endpoint, Health health) {
    return Probe.newBuilder()
        .setResourceId(endpoint)
        .setService(endpoint.replace('/', '-'))
        .setTier(Tier.CORE)
        .setOrigin(new Origin("test", endpoint, health == Health.DOWN ? 0L : 1L))
        .setAt(clock.instant())
        .setKind(ProbeKind.HTTP)
        .setHealth(health)
        .setEvidence("the test says so")
        .setIntervalMs(60_000)
        .build();
  }

  private void read() {
    while (!stopping) {
      for (Received<?> received : reader.poll(POLL)) {
        received.as(Topics.INCIDENTS).ifPresent(this::note);
      }
    }
    reader.close();
  }

  private void note(Incident incident) {
    incidents.add(incident.getId());
    Long at = brokenAt.remove(incident.getResourceId());
    if (at != null && phase != null) {
      phase.add(Duration.ofNanos(System.nanoTime() - at));
    }
  }

  /** Ends the load, and waits until the last endpoint's incident is there. */
  void stop() throws InterruptedException {
    ticks.shutdownNow();
    ticks.awaitTermination(10, TimeUnit.SECONDS);
    writer.flush();
  }

  /** Endpoints that broke and have no incident yet. */
  int waiting() {
    return brokenAt.size();
  }

  /** By {@code resource@begin in ms}, the mean of each window that the broker has taken. */
  Map<String, Float> acknowledged() {
    return acknowledged;
  }

  /** Ids of incidents seen. */
  Set<String> incidents() {
    return incidents;
  }

  /** What went wrong with the load itself. */
  List<Throwable> failures() {
    return List.copyOf(failures);
  }

  @Override
  public void close() {
    ticks.shutdownNow();
    stopping = true;
    try {
      reading.join();
    } catch (InterruptedException hurry) {
      Thread.currentThread().interrupt();
    }
    writer.close();
  }
}
