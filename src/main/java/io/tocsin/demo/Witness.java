package io.tocsin.demo;

import io.tocsin.schemas.HealOutcome;
import io.tocsin.schemas.HealResult;
import io.tocsin.schemas.Health;
import io.tocsin.schemas.Incident;
import io.tocsin.schemas.IncidentState;
import io.tocsin.schemas.Probe;
import io.tocsin.schemas.exchange.Received;
import io.tocsin.schemas.exchange.TopicReader;
import io.tocsin.schemas.topic.Cluster;
import io.tocsin.schemas.topic.Topics;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.apache.kafka.common.errors.WakeupException;

/**
 * Reads the topics as any consumer would and notes when it sees what: its times are those of an
 * outside observer, delivery included.
 */
public final class Witness implements AutoCloseable {

  private static final Duration POLL = Duration.ofMillis(20);

  private final String endpoint;
  private final Timeline timeline;
  private final Clock clock;
  private final TopicReader reader;
  private final Thread thread = new Thread(this::run, "tocsin-witness");
  private volatile boolean stopping;
  private volatile boolean up;
  private volatile String incidentId;

  /** A witness of what befalls one endpoint from now on. */
  public Witness(Cluster cluster, String endpoint, Timeline timeline, Clock clock) {
    this.endpoint = endpoint;
    this.timeline = timeline;
    this.clock = clock;
    this.reader =
        TopicReader.fromNow(
            cluster,
            "witness",
            clock,
            Set.of(Topics.PROBES, Topics.INCIDENTS, Topics.HEAL_PLANS, Topics.HEAL_RESULTS));
    thread.start();
  }

  /** Whether the newest probe says that the endpoint is up. */
  public boolean up() {
    return up;
  }

  /** Id of the incident; null before there is one. */
  public String incidentId() {
    return incidentId;
  }

  private void run() {
    try (reader) {
      while (!stopping) {
        for (Received<?> received : reader.poll(POLL)) {
          note(received, clock.instant());
        }
      }
    } catch (WakeupException stopNow) {
      // close() asked for it
    }
  }

  private void note(Received<?> received, Instant now) {
    received.as(Topics.PROBES).ifPresent(probe -> note(probe, now));
    received.as(Topics.INCIDENTS).ifPresent(incident -> note(incident, now));
    received.as(Topics.HEAL_RESULTS).ifPresent(result -> note(result, now));
    received
        .as(Topics.HEAL_PLANS)
        .filter(plan -> endpoint.equals(plan.getTargetId()))
        .ifPresent(
            plan ->
                see(Step.PLANNED, now, "attempt " + plan.getAttempt() + ": " + plan.getAction()));
  }

  private void note(Probe probe, Instant now) {
    if (endpoint.equals(probe.getResourceId())) {
      up = probe.getHealth() == Health.UP;
      if (probe.getHealth() == Health.DOWN) {
        see(Step.PROBE_FAILED, now, probe.getEvidence());
      }
    }
  }

  private void note(Incident incident, Instant now) {
    if (!endpoint.equals(incident.getResourceId())) {
      return;
    }
    incidentId = incident.getId();
    see(Step.INCIDENT, now, incident.getPriority() + ": " + incident.getSummary());
    if (incident.getState() == IncidentState.RESOLVED) {
      see(Step.RESOLVED, now, "incident " + incident.getId());
    }
  }

  private void note(HealResult result, Instant now) {
    if (!endpoint.equals(result.getTargetId())) {
      return;
    }
    if (result.getOutcome() == HealOutcome.EXECUTED) {
      see(Step.RESTARTED, now, result.getReason());
    } else if (result.getOutcome() == HealOutcome.VERIFIED) {
      see(Step.VERIFIED, now, result.getReason());
    }
  }

  /** What happens before the kill is not part of the story. */
  private void see(Step step, Instant now, String detail) {
    if (timeline.has(Step.KILLED)) {
      timeline.see(step, now, detail);
    }
  }

  @Override
  public void close() {
    stopping = true;
    reader.wakeUp();
    try {
      thread.join(2_000);
    } catch (InterruptedException hurry) {
      Thread.currentThread().interrupt();
    }
  }
}
