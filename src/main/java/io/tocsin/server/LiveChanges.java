package io.tocsin.server;

import io.tocsin.schemas.LatencyWindow;
import io.tocsin.schemas.ThroughputWindow;
import io.tocsin.schemas.Window;
import io.tocsin.schemas.exchange.Received;
import io.tocsin.schemas.topic.Topics;
import io.tocsin.server.fleet.FleetBoard;
import io.tocsin.server.fleet.FleetChanges;
import io.tocsin.server.healing.HealView;
import io.tocsin.server.live.Areas;
import io.tocsin.server.live.EventStream;
import io.tocsin.server.view.RecordJson;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.avro.generic.IndexedRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes events of what the views hear: an incident's at once, in the thread that read its topic;
 * the fleet's four times a second, what changed meanwhile in one; the program's own state once a
 * second.
 */
final class LiveChanges implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(LiveChanges.class);
  private static final long LOOK_AT_STATUS_MS = 1_000;

  private static final Set<String> OF_RULES =
      Set.of(Topics.RULES.name(), Topics.RULE_STATUS.name(), Topics.SHADOW_REPORTS.name());

  private final Views views;
  private final EventStream stream;
  private final FleetChanges fleet;
  private final Supplier<Readiness> readiness;
  private final ScheduledExecutorService ticks =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "tocsin-live-ticks");
            thread.setDaemon(true);
            return thread;
          });
  private Map<String, String> parts = Map.of();

  LiveChanges(Views views, FleetBoard board, Supplier<Readiness> readiness, EventStream stream) {
    this.views = views;
    this.stream = stream;
    this.fleet = new FleetChanges(board);
    this.readiness = readiness;
  }

  void start() {
    fleet.next(); // changes count from here on
    views.onChange(this::tell);
    every(FleetBoard.FRESH_FOR.toMillis(), this::tellOfFleet);
    every(LOOK_AT_STATUS_MS, this::tellOfStatus);
  }

  private void every(long milliseconds, Runnable look) {
    ticks.scheduleWithFixedDelay(
        () -> {
          try {
            look.run();
          } catch (RuntimeException failed) {
            // The next look must not be missed because this one failed.
            LOG.warn("open pages were not told: {}", failed.toString(), failed);
          }
        },
        milliseconds,
        milliseconds,
        TimeUnit.MILLISECONDS);
  }

  private void tell(Received<?> received) {
    String topic = received.topic().name();
    if (received.value() instanceof Window window) {
      window(window.getResourceId(), window.getSizeMs(), "efficiency", window);
    } else if (received.value() instanceof LatencyWindow window) {
      window(window.getResourceId(), window.getSizeMs(), "latency", window);
    } else if (received.value() instanceof ThroughputWindow window) {
      window(window.getResourceId(), window.getSizeMs(), "throughput", window);
    } else if (OF_RULES.contains(topic)) {
      stream.publish(Areas.RULES, "rule", Map.of("name", received.key()));
    } else if (topic.equals(Topics.SILENCES.name())) {
      stream.publish(Areas.SILENCES, "silence", Map.of("id", received.key()));
    } else {
      received
          .as(Topics.INCIDENTS)
          .flatMap(incident -> views.incidents().brief(incident.getId()))
          .ifPresent(incident -> stream.publish(Areas.INCIDENTS, "incident", incident));
      received
          .as(Topics.HEAL_RESULTS)
          .ifPresent(result -> stream.publish(Areas.HEAL, "heal", HealView.Plan.of(result)));
    }
  }

  private void window(String resource, long sizeMs, String what, IndexedRecord window) {
    if (sizeMs == TimeUnit.SECONDS.toMillis(10) && stream.areWindowsWantedOf(resource)) {
      stream.publishWindow(
          resource, Map.of("resource", resource, "what", what, "window", RecordJson.of(window)));
    }
  }

  private void tellOfFleet() {
    if (stream.isWanted(Areas.FLEET)) {
      fleet.next().ifPresent(change -> stream.publish(Areas.FLEET, "fleet", change));
    }
  }

  private void tellOfStatus() {
    if (stream.isWanted(Areas.STATUS)) {
      Readiness now = readiness.get();
      if (!now.parts().equals(parts)) {
        parts = now.parts();
        stream.publish(Areas.STATUS, "status", Map.of("ready", now.ready(), "parts", now.parts()));
      }
    }
  }

  @Override
  public void close() {
    ticks.shutdownNow();
  }
}
