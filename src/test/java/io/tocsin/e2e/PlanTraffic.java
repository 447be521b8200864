package io.tocsin.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tocsin.alerting.healing.audit.AuditChain;
import io.tocsin.alerting.healing.audit.AuditVerdict;
import io.tocsin.alerting.healing.signature.PlanKeys;
import io.tocsin.alerting.healing.signature.PlanSigner;
import io.tocsin.schemas.AuditEntry;
import io.tocsin.schemas.DeadLetter;
import io.tocsin.schemas.HealOutcome;
import io.tocsin.schemas.HealPlan;
import io.tocsin.schemas.HealResult;
import io.tocsin.schemas.Health;
import io.tocsin.schemas.Origin;
import io.tocsin.schemas.Priority;
import io.tocsin.schemas.Probe;
import io.tocsin.schemas.ProbeKind;
import io.tocsin.schemas.Tier;
import io.tocsin.schemas.exchange.TopicHistory;
import io.tocsin.schemas.exchange.TopicWriter;
import io.tocsin.schemas.topic.Cluster;
import io.tocsin.schemas.topic.Topic;
import io.tocsin.schemas.topic.Topics;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.avro.specific.SpecificRecord;

/** What alerting and the collectors would write for a responder, and what it wrote itself. */
final class PlanTraffic implements AutoCloseable {

  static final Set<HealOutcome> ENDS =
      Set.of(
          HealOutcome.REFUSED,
          HealOutcome.FAILED,
          HealOutcome.VERIFIED,
          HealOutcome.NOT_VERIFIED,
          HealOutcome.UNKNOWN);

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Instant NO_END = Instant.ofEpochMilli(Long.MAX_VALUE);

  private final Cluster cluster;
  private final TopicWriter writer;
  private final PlanKeys keys;
  private final PlanSigner signer;
  private final AtomicLong sequence = new AtomicLong();

  PlanTraffic(Cluster cluster, Path keyDirectory) throws IOException {
    this.cluster = cluster;
    this.writer = new TopicWriter(cluster, "test-traffic");
    this.keys = PlanKeys.createMissing(keyDirectory);
    this.signer = PlanSigner.ofFile(keys.privateKey());
  }

  Path publicKey() {
    return keys.publicKey();
  }

  /** A plan for a target that is void after some minutes; its incident is its own. */
  static HealPlan plan(String id, String target) {
    Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    return HealPlan.newBuilder()
        .setId(id)
        .setIncidentId("incident-" + id)
        .setAttempt(1)
        .setAction("touch")
        .setTargetId(target)
        .setPriority(Priority.P0)
        .setReason("down")
        .setCreatedAt(now)
        .setNotAfter(now.plusSeconds(300))
        .setRule("service-down")
        .build();
  }

  HealPlan signed(HealPlan plan) {
    return signer.sign(plan);
  }

  void send(HealPlan plan) {
    writer.send(Topics.HEAL_PLANS, plan).join();
  }

  void probe(String target, Health health) {
    writer
        .send(
            Topics.PROBES,
            Probe.newBuilder()
                .setResourceId(target)
                .setTier(Tier.CORE)
                .setOrigin(new Origin("test", target, sequence.getAndIncrement()))
                .setAt(Instant.now().truncatedTo(ChronoUnit.MILLIS))
                .setKind(ProbeKind.HTTP)
                .setHealth(health)
                .setEvidence("the test says so")
                .setIntervalMs(10_000)
                .build())
        .join();
  }

  /** All results of a plan, oldest first. */
  List<HealResult> results(String planId) {
    return all(Topics.HEAL_RESULTS).stream()
        .filter(result -> result.getPlanId().equals(planId))
        .toList();
  }

  List<HealOutcome> outcomes(String planId) {
    return results(planId).stream().map(HealResult::getOutcome).toList();
  }

  /** Waits for a step of a plan. */
  void step(String planId, HealOutcome outcome) {
    await(planId + " " + outcome)
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(150))
        .until(() -> outcomes(planId).contains(outcome));
  }

  /** Waits until a plan has come to an end; the end. */
  HealResult end(String planId) {
    await("the end of " + planId)
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(150))
        .until(() -> outcomes(planId).stream().anyMatch(ENDS::contains));
    return results(planId).stream()
        .filter(result -> ENDS.contains(result.getOutcome()))
        .reduce((before, after) -> after)
        .orElseThrow();
  }

  List<DeadLetter> deadLetters() {
    return all(Topics.DEAD_LETTERS);
  }

  List<AuditEntry> audit() {
    return all(Topics.AUDIT);
  }

  void assertAuditIsWhole() {
    assertThat(AuditChain.verify(audit())).isInstanceOf(AuditVerdict.Good.class);
  }

  private <V extends SpecificRecord> List<V> all(Topic<V> topic) {
    List<V> all = new ArrayList<>();
    try (TopicHistory history = new TopicHistory(cluster, Set.of(topic))) {
      history.read(null, NO_END, received -> received.as(topic).ifPresent(all::add));
    }
    return all;
  }

  @Override
  public void close() {
    writer.close();
  }
}
