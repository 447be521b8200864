package io.tocsin.bench.alerts;

import io.tocsin.bench.BenchFailure;
import io.tocsin.schemas.Alert;
import io.tocsin.schemas.AlertState;
import io.tocsin.schemas.Incident;
import io.tocsin.schemas.Notification;
import io.tocsin.schemas.NotificationKind;
import io.tocsin.schemas.exchange.Received;
import io.tocsin.schemas.exchange.TopicReader;
import io.tocsin.schemas.topic.Cluster;
import io.tocsin.schemas.topic.Topics;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * Notes when what is told of each resource is there to be read: alerts, incidents, pages. Reads as
 * the responder does, in a thread of its own.
 */
final class PageWatch implements AutoCloseable {

  private static final Duration POLL = Duration.ofMillis(100);
  private static final long LOOK_EVERY_MS = 5;

  private final Clock clock;
  private final TopicReader reader;
  private final Thread thread;
  private final Map<String, Long> alerts = new ConcurrentHashMap<>();
  private final Map<String, Long> incidents = new ConcurrentHashMap<>();
  private final Map<String, String> resources = new ConcurrentHashMap<>();
  private final Map<String, Long> pages = new ConcurrentHashMap<>();
  private volatile boolean isStopping;

  PageWatch(Cluster cluster, Clock clock) {
    this.clock = clock;
    this.reader =
        TopicReader.fromNow(
            cluster,
            "bench-pages",
            clock,
            Set.of(Topics.ALERTS, Topics.INCIDENTS, Topics.NOTIFICATIONS));
    this.thread = new Thread(this::read, "bench-pages");
    thread.setDaemon(true);
    thread.start();
  }

  private void read() {
    while (!isStopping) {
      for (Received<?> received : reader.poll(POLL)) {
        long now = clock.millis();
        received.as(Topics.ALERTS).ifPresent(alert -> note(alert, now));
        received.as(Topics.INCIDENTS).ifPresent(incident -> note(incident, now));
        received.as(Topics.NOTIFICATIONS).ifPresent(told -> note(told, now));
      }
    }
    reader.close();
  }

  private void note(Alert alert, long now) {
    if (alert.getState() == AlertState.FIRING) {
      alerts.putIfAbsent(alert.getResourceId(), now);
    }
  }

  private void note(Incident incident, long now) {
    resources.putIfAbsent(incident.getId(), incident.getResourceId());
    incidents.putIfAbsent(incident.getResourceId(), now);
  }

  private void note(Notification told, long now) {
    if (told.getKind() == NotificationKind.PAGE && told.getHeldBackBy() == null) {
      pages.putIfAbsent(told.getIncidentId(), now);
    }
  }

  /**
   * Waits for a page about a resource.
   *
   * @return when it came, in ms of the wall clock
   */
  long awaitPage(String resourceId, Duration limit) throws InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    while (System.nanoTime() < deadline) {
      Long page = seen().pages().get(resourceId);
      if (page != null) {
        return page;
      }
      Thread.sleep(LOOK_EVERY_MS);
    }
    throw new BenchFailure(
        "nobody was paged about " + resourceId + " within " + limit.toSeconds() + " s");
  }

  /** What has been seen so far. */
  Seen seen() {
    Map<String, Long> paged =
        pages.entrySet().stream()
            .filter(page -> resources.containsKey(page.getKey()))
            .collect(
                Collectors.toMap(
                    page -> resources.get(page.getKey()), Map.Entry::getValue, Math::min));
    return new Seen(Map.copyOf(alerts), Map.copyOf(incidents), paged);
  }

  /**
   * When what is told of a resource was first there, by its id, in ms of the wall clock.
   *
   * @param alerts that fire
   * @param incidents about it
   * @param pages about it
   */
  record Seen(Map<String, Long> alerts, Map<String, Long> incidents, Map<String, Long> pages) {}

  @Override
  public void close() {
    isStopping = true;
    try {
      thread.join();
    } catch (InterruptedException hurry) {
      Thread.currentThread().interrupt();
    }
  }
}
