package io.tocsin.pipeline;

import io.tocsin.alerting.replay.Recording;
import io.tocsin.alerting.signal.Observations;
import io.tocsin.alerting.signal.ThroughputSignal;
import io.tocsin.schemas.Resource;
import io.tocsin.schemas.ThroughputWindow;
import io.tocsin.schemas.exchange.Received;
import io.tocsin.schemas.exchange.TopicHistory;
import io.tocsin.schemas.topic.Cluster;
import io.tocsin.schemas.topic.Topic;
import io.tocsin.schemas.topic.Topics;
import java.time.Instant;
import java.util.Set;
import java.util.function.Predicate;

/** Records from retained topics what the alerting stage heard. */
public final class TopicRecording {

  private static final Set<Topic<?>> OBSERVED =
      Set.of(
          Topics.PROBES,
          Topics.WINDOWS,
          Topics.LATENCIES,
          Topics.THROUGHPUTS,
          Topics.BOTTLENECKS,
          Topics.MEASUREMENTS,
          Topics.SECURITY_EVENTS,
          Topics.VIOLATIONS,
          Topics.IMAGE_FINDINGS,
          Topics.COMMANDS,
          Topics.HEAL_RESULTS);

  private TopicRecording() {}

  /**
   * Reads a stretch of time. The inventory is read as a whole, as what was written before holds.
   *
   * @param resources whose records are wanted, by id; the inventory is taken whole
   */
  public static Recording read(
      Cluster cluster, Instant from, Instant to, Predicate<String> resources) {
    Recording recording = new Recording();
    read(cluster, from, to, resources, recording);
    return recording;
  }

  /** The same, into a recording of the caller's. */
  static void read(
      Cluster cluster, Instant from, Instant to, Predicate<String> resources, Recording recording) {
    try (TopicHistory inventory = new TopicHistory(cluster, Set.of(Topics.RESOURCES))) {
      inventory.read(
          null,
          to,
          received -> {
            Instant at = received.at().isBefore(from) ? from : received.at();
            recording.resource(at, received.key(), (Resource) received.value());
          });
    }
    try (TopicHistory history = new TopicHistory(cluster, OBSERVED)) {
      history.read(from, to, received -> take(received, resources, recording));
    }
  }

  private static void take(Received<?> received, Predicate<String> resources, Recording recording) {
    Instant at = received.at();
    received.as(Topics.COMMANDS).ifPresent(command -> recording.command(at, command));
    received.as(Topics.HEAL_RESULTS).ifPresent(result -> recording.healResult(at, result));
    if (received.value() == null || !resources.test(received.key())) {
      return;
    }
    Observations.of(received.value()).ifPresent(seen -> recording.observation(at, seen));
    if (received.value() instanceof ThroughputWindow window) {
      ThroughputSignal.parts(window).forEach(part -> recording.observation(at, part));
    }
  }
}
