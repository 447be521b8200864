package io.tocsin.alerting.healing;

import io.tocsin.alerting.healing.audit.AuditChain;
import io.tocsin.alerting.healing.audit.AuditHead;
import io.tocsin.alerting.healing.ledger.Ledger;
import io.tocsin.alerting.healing.signature.PlanVerifier;
import io.tocsin.schemas.Alert;
import io.tocsin.schemas.Command;
import io.tocsin.schemas.HealOutcome;
import io.tocsin.schemas.HealPlan;
import io.tocsin.schemas.exchange.Received;
import io.tocsin.schemas.exchange.TopicHistory;
import io.tocsin.schemas.topic.Cluster;
import io.tocsin.schemas.topic.Topic;
import io.tocsin.schemas.topic.Topics;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * All that a responder has to know of the time before its start. To be read after it has fenced the
 * one before, so that nothing is added to it meanwhile.
 *
 * @param ledger of all results
 * @param head where the audit ends
 * @param epoch of the responder that starts: higher than any before
 * @param awaiting plans that wait for a person, oldest first; their signatures hold
 * @param alerts the newest word of each alert of a target
 * @param commands those for the responder that were taken in before
 * @param committed how far the one before had come
 */
record Past(
    Ledger ledger,
    AuditHead head,
    long epoch,
    List<HealPlan> awaiting,
    List<Alert> alerts,
    List<Command> commands,
    CommittedOffsets committed) {

  private static final Instant NO_END = Instant.ofEpochMilli(Long.MAX_VALUE);

  /** The end of the audit is found within the first of these in which anything was written. */
  private static final List<Duration> AUDIT_WITHIN =
      Arrays.asList(Duration.ofHours(1), Duration.ofDays(2), Duration.ofDays(40), null);

  /** Reads it, which may take a while where much was done. */
  static Past read(
      Cluster cluster,
      CommittedOffsets committed,
      Set<String> targets,
      PlanVerifier verifier,
      Clock clock) {
    Ledger ledger = new Ledger();
    AtomicLong epoch = new AtomicLong();
    read(
        cluster,
        Topics.HEAL_RESULTS,
        received ->
            received
                .as(Topics.HEAL_RESULTS)
                .ifPresent(
                    result -> {
                      ledger.add(result);
                      epoch.accumulateAndGet(result.getEpoch(), Math::max);
                    }));
    AuditHead head = head(cluster, clock);
    return new Past(
        ledger,
        head,
        // The place of the entry that says so, unless the audit has begun anew.
        Math.max(epoch.get(), head.sequence()) + 1,
        awaiting(cluster, ledger, verifier),
        alerts(cluster, targets),
        commands(cluster, committed),
        committed);
  }

  /** What the healer is told of it before anything else. */
  Feed.Batch known() {
    return new Feed.Batch(List.of(), alerts, List.of(), commands, List.of(), Map.of());
  }

  private static AuditHead head(Cluster cluster, Clock clock) {
    AtomicReference<AuditHead> head = new AtomicReference<>(AuditHead.NONE);
    try (TopicHistory history = new TopicHistory(cluster, Set.of(Topics.AUDIT))) {
      for (Duration within : AUDIT_WITHIN) {
        history.read(
            within == null ? null : clock.instant().minus(within),
            NO_END,
            received ->
                received.as(Topics.AUDIT).ifPresent(entry -> head.set(AuditChain.headOf(entry))));
        if (head.get().sequence() > 0) {
          break;
        }
      }
    }
    return head.get();
  }

  private static List<HealPlan> awaiting(Cluster cluster, Ledger ledger, PlanVerifier verifier) {
    Map<String, HealPlan> awaiting = new LinkedHashMap<>();
    read(
        cluster,
        Topics.HEAL_PLANS,
        received ->
            received
                .as(Topics.HEAL_PLANS)
                .filter(plan -> waits(ledger, plan))
                .filter(plan -> verifier.objection(plan).isEmpty())
                .ifPresent(plan -> awaiting.putIfAbsent(plan.getId(), plan)));
    return List.copyOf(awaiting.values());
  }

  private static boolean waits(Ledger ledger, HealPlan plan) {
    return ledger
        .latest(plan.getId())
        .filter(result -> result.getOutcome() == HealOutcome.AWAITING_APPROVAL)
        .isPresent();
  }

  private static List<Alert> alerts(Cluster cluster, Set<String> targets) {
    Map<String, Alert> newest = new LinkedHashMap<>();
    read(
        cluster,
        Topics.ALERTS,
        received ->
            received
                .as(Topics.ALERTS)
                .filter(alert -> KafkaFeed.concerns(targets, alert))
                .ifPresent(alert -> newest.put(alert.getId(), alert)));
    return List.copyOf(newest.values());
  }

  private static List<Command> commands(Cluster cluster, CommittedOffsets committed) {
    List<Command> commands = new ArrayList<>();
    read(
        cluster,
        Topics.COMMANDS,
        received ->
            received
                .as(Topics.COMMANDS)
                .filter(KafkaFeed::isForUs)
                .filter(command -> committed.isBefore(received.origin()))
                .ifPresent(commands::add));
    return commands;
  }

  private static void read(Cluster cluster, Topic<?> topic, Consumer<Received<?>> reader) {
    try (TopicHistory history = new TopicHistory(cluster, Set.of(topic))) {
      history.read(null, NO_END, reader);
    }
  }
}
