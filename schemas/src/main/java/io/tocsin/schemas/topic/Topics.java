package io.tocsin.schemas.topic;

import io.tocsin.schemas.AccessToken;
import io.tocsin.schemas.Alert;
import io.tocsin.schemas.AuditEntry;
import io.tocsin.schemas.Beat;
import io.tocsin.schemas.Bottleneck;
import io.tocsin.schemas.Command;
import io.tocsin.schemas.DeadLetter;
import io.tocsin.schemas.Delivery;
import io.tocsin.schemas.ExternalAlert;
import io.tocsin.schemas.HealPlan;
import io.tocsin.schemas.HealResult;
import io.tocsin.schemas.ImageFindings;
import io.tocsin.schemas.Incident;
import io.tocsin.schemas.IncidentEvent;
import io.tocsin.schemas.LatencyPart;
import io.tocsin.schemas.LatencyWindow;
import io.tocsin.schemas.Measurement;
import io.tocsin.schemas.Notification;
import io.tocsin.schemas.Policy;
import io.tocsin.schemas.Probe;
import io.tocsin.schemas.RefusedCount;
import io.tocsin.schemas.Resource;
import io.tocsin.schemas.RuleStatus;
import io.tocsin.schemas.RuleText;
import io.tocsin.schemas.Sample;
import io.tocsin.schemas.SecurityEvent;
import io.tocsin.schemas.SecurityReport;
import io.tocsin.schemas.ShadowReport;
import io.tocsin.schemas.Silence;
import io.tocsin.schemas.ThroughputWindow;
import io.tocsin.schemas.Violation;
import io.tocsin.schemas.Window;
import java.time.Duration;
import java.util.List;

/**
 * Every topic of the pipeline: the only interface between its stages.
 *
 * <p>What is measured per resource has four partitions, enough to spread over the cores of one
 * machine; what people read is small and has one, which also keeps it in order.
 */
public final class Topics {

  private static final int MEASURED = 4;
  private static final int DECIDED = 1;
  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration WEEK = Duration.ofDays(7);
  private static final Duration MONTH = Duration.ofDays(30);
  private static final Duration YEAR = Duration.ofDays(365);

  /** The inventory. Written by collectors. */
  public static final Topic<Resource> RESOURCES =
      new Topic<>(
              "tocsin.resources",
              Resource.class,
              Resource::getId,
              DECIDED,
              Cleanup.COMPACT,
              Duration.ZERO)
          .ofAgents();

  /** What collectors read. */
  public static final Topic<Sample> SAMPLES =
      new Topic<>(
              "tocsin.samples", Sample.class, Sample::getResourceId, MEASURED, Cleanup.DELETE, DAY)
          .stamped()
          .ofAgents();

  /** What health checks saw. Written by collectors. */
  public static final Topic<Probe> PROBES =
      new Topic<>("tocsin.probes", Probe.class, Probe::getResourceId, MEASURED, Cleanup.DELETE, DAY)
          .stamped()
          .ofAgents();

  /** What applications and business systems report. Written by collectors. */
  public static final Topic<Measurement> MEASUREMENTS =
      new Topic<>(
              "tocsin.measurements",
              Measurement.class,
              Measurement::getResourceId,
              MEASURED,
              Cleanup.DELETE,
              DAY)
          .stamped()
          .ofAgents();

  /** What scanners, runtimes and sensors noticed. Written by collectors. */
  public static final Topic<SecurityEvent> SECURITY_EVENTS =
      new Topic<>(
              "tocsin.security-events",
              SecurityEvent.class,
              SecurityEvent::getResourceId,
              DECIDED,
              Cleanup.DELETE,
              Duration.ofDays(90))
          .ofAgents();

  /** Statistics over time. Written by streams. */
  public static final Topic<Window> WINDOWS =
      new Topic<>(
          "tocsin.windows", Window.class, Window::getResourceId, MEASURED, Cleanup.DELETE, DAY);

  /** What went through. Written by streams. */
  public static final Topic<ThroughputWindow> THROUGHPUTS =
      new Topic<>(
          "tocsin.throughputs",
          ThroughputWindow.class,
          ThroughputWindow::getResourceId,
          MEASURED,
          Cleanup.DELETE,
          DAY);

  /** Latency, loss and errors. Written by streams. */
  public static final Topic<LatencyWindow> LATENCIES =
      new Topic<>(
          "tocsin.latencies",
          LatencyWindow.class,
          LatencyWindow::getResourceId,
          MEASURED,
          Cleanup.DELETE,
          DAY);

  /** Parts of services' latencies, from the tasks of streams to each other; of no use to others. */
  public static final Topic<LatencyPart> LATENCY_PARTS =
      new Topic<>(
          "tocsin.latency-parts",
          LatencyPart.class,
          LatencyPart::getResourceId,
          MEASURED,
          Cleanup.DELETE,
          DAY);

  /** What streams left out or clamped, by reason. Written by streams. */
  public static final Topic<RefusedCount> REFUSALS =
      new Topic<>(
          "tocsin.refusals",
          RefusedCount.class,
          count -> count.getTopology() + "/" + count.getReason() + "/" + count.getAgent(),
          DECIDED,
          Cleanup.DELETE,
          WEEK);

  /** Shortages. Written by streams. */
  public static final Topic<Bottleneck> BOTTLENECKS =
      new Topic<>(
          "tocsin.bottlenecks",
          Bottleneck.class,
          Bottleneck::getResourceId,
          MEASURED,
          Cleanup.DELETE,
          WEEK);

  /** What may be done to containers and images. Written by operators. */
  public static final Topic<Policy> POLICIES =
      new Topic<>(
          "tocsin.policies", Policy.class, Policy::getId, DECIDED, Cleanup.COMPACT, Duration.ZERO);

  /** What was done against policies. Written by streams. */
  public static final Topic<Violation> VIOLATIONS =
      new Topic<>(
          "tocsin.violations",
          Violation.class,
          Violation::getResourceId,
          DECIDED,
          Cleanup.DELETE,
          Duration.ofDays(90));

  /** What the newest scan of each image changed. Written by streams. */
  public static final Topic<ImageFindings> IMAGE_FINDINGS =
      new Topic<>(
          "tocsin.image-findings",
          ImageFindings.class,
          ImageFindings::getImage,
          DECIDED,
          Cleanup.COMPACT_AND_DELETE,
          YEAR);

  /** The state of container policy, at most once a second. Written by streams. */
  public static final Topic<SecurityReport> SECURITY_REPORT =
      new Topic<>(
          "tocsin.security-report",
          SecurityReport.class,
          report -> "report",
          DECIDED,
          Cleanup.COMPACT,
          Duration.ZERO);

  /** What people are paged for; the newest record of an id holds. Written by alerting. */
  public static final Topic<Incident> INCIDENTS =
      new Topic<>(
          "tocsin.incidents",
          Incident.class,
          Incident::getId,
          DECIDED,
          Cleanup.COMPACT_AND_DELETE,
          YEAR);

  /** The timelines of the incidents. Written by alerting. */
  public static final Topic<IncidentEvent> INCIDENT_EVENTS =
      new Topic<>(
          "tocsin.incident-events",
          IncidentEvent.class,
          IncidentEvent::getIncidentId,
          DECIDED,
          Cleanup.DELETE,
          YEAR);

  /** What rules alert of. Written by operators, and by an installation for its own files. */
  public static final Topic<RuleText> RULES =
      new Topic<>(
          "tocsin.rules",
          RuleText.class,
          RuleText::getName,
          DECIDED,
          Cleanup.COMPACT,
          Duration.ZERO);

  /** Which rules are in force. Written by alerting. */
  public static final Topic<RuleStatus> RULE_STATUS =
      new Topic<>(
          "tocsin.rule-status",
          RuleStatus.class,
          RuleStatus::getName,
          DECIDED,
          Cleanup.COMPACT,
          Duration.ZERO);

  /** How shadow rules differ from live ones. Written by alerting. */
  public static final Topic<ShadowReport> SHADOW_REPORTS =
      new Topic<>(
          "tocsin.shadow-reports",
          ShadowReport.class,
          ShadowReport::getName,
          DECIDED,
          Cleanup.COMPACT,
          Duration.ZERO);

  /** What rules say of resources. Written by alerting. */
  public static final Topic<Alert> ALERTS =
      new Topic<>(
          "tocsin.alerts", Alert.class, Alert::getResourceId, DECIDED, Cleanup.DELETE, MONTH);

  /** What people tell alerting. Written by the command line and the API. */
  public static final Topic<Command> COMMANDS =
      new Topic<>("tocsin.commands", Command.class, Command::getId, DECIDED, Cleanup.DELETE, YEAR);

  /** Silences, those that are over included. Written by alerting. */
  public static final Topic<Silence> SILENCES =
      new Topic<>(
          "tocsin.silences",
          Silence.class,
          Silence::getId,
          DECIDED,
          Cleanup.COMPACT_AND_DELETE,
          YEAR);

  /** What people have to be told. Written by alerting. */
  public static final Topic<Notification> NOTIFICATIONS =
      new Topic<>(
          "tocsin.notifications",
          Notification.class,
          Notification::getIncidentId,
          DECIDED,
          Cleanup.DELETE,
          MONTH);

  /** What is to be done. Written by alerting, read by the responder. */
  public static final Topic<HealPlan> HEAL_PLANS =
      new Topic<>(
          "tocsin.heal-plans",
          HealPlan.class,
          HealPlan::getTargetId,
          DECIDED,
          Cleanup.DELETE,
          WEEK);

  /** What came of it, and the responder's ledger. Written by the responder. */
  public static final Topic<HealResult> HEAL_RESULTS =
      new Topic<>(
          "tocsin.heal-results",
          HealResult.class,
          HealResult::getTargetId,
          DECIDED,
          Cleanup.DELETE,
          YEAR);

  /** Who or what decided about healing, and why: a chain of hashes. Written by the responder. */
  public static final Topic<AuditEntry> AUDIT =
      new Topic<>(
          "tocsin.audit", AuditEntry.class, entry -> "audit", DECIDED, Cleanup.DELETE, YEAR);

  /** The outbox: what is told to whom, and what became of it. Written by the notifier. */
  public static final Topic<Delivery> DELIVERIES =
      new Topic<>(
          "tocsin.deliveries",
          Delivery.class,
          Delivery::getId,
          DECIDED,
          Cleanup.COMPACT_AND_DELETE,
          MONTH);

  /** Signs that the whole way still works. Written by alerting, read by the notifier. */
  public static final Topic<Beat> BEATS =
      new Topic<>("tocsin.beats", Beat.class, Beat::getResourceId, DECIDED, Cleanup.DELETE, DAY);

  /** What other systems alert of. Written by the API. */
  public static final Topic<ExternalAlert> EXTERNAL_ALERTS =
      new Topic<>(
          "tocsin.external-alerts",
          ExternalAlert.class,
          ExternalAlert::getId,
          DECIDED,
          Cleanup.DELETE,
          WEEK);

  /**
   * Who may use the API. Written by it and the command line. Nothing of it holds for longer than a
   * year, so that what is deleted for its age has ended.
   */
  public static final Topic<AccessToken> ACCESS =
      new Topic<>(
          "tocsin.access",
          AccessToken.class,
          AccessToken::getId,
          DECIDED,
          Cleanup.COMPACT_AND_DELETE,
          Duration.ofDays(400));

  /** What a stage could not use. Written by every stage that reads. */
  public static final Topic<DeadLetter> DEAD_LETTERS =
      new Topic<>(
          "tocsin.dead-letters",
          DeadLetter.class,
          letter -> letter.getTopic() + "/" + letter.getPartition() + "/" + letter.getOffset(),
          DECIDED,
          Cleanup.DELETE,
          MONTH);

  /**
   * Parts of roll-ups, from the tasks that made them to the one that merges a group's. Streams
   * alone writes and reads it; what is older than the retention was merged long ago.
   */
  public static final InternalTopic ROLLUP_PARTS =
      new InternalTopic("tocsin.rollup-parts", MEASURED, Duration.ofHours(6));

  private Topics() {}

  /** All of them, in the order in which data flows. */
  public static List<Topic<?>> all() {
    return List.of(
        RESOURCES,
        SAMPLES,
        PROBES,
        MEASUREMENTS,
        SECURITY_EVENTS,
        WINDOWS,
        THROUGHPUTS,
        LATENCIES,
        LATENCY_PARTS,
        REFUSALS,
        BOTTLENECKS,
        POLICIES,
        VIOLATIONS,
        IMAGE_FINDINGS,
        SECURITY_REPORT,
        RULES,
        RULE_STATUS,
        SHADOW_REPORTS,
        ALERTS,
        COMMANDS,
        SILENCES,
        INCIDENTS,
        INCIDENT_EVENTS,
        NOTIFICATIONS,
        HEAL_PLANS,
        HEAL_RESULTS,
        AUDIT,
        DELIVERIES,
        BEATS,
        EXTERNAL_ALERTS,
        ACCESS,
        DEAD_LETTERS);
  }

  /** Those that a stage keeps for itself. */
  public static List<InternalTopic> internal() {
    return List.of(ROLLUP_PARTS);
  }
}
