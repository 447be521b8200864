package io.tocsin.console;

import io.tocsin.alerting.healing.audit.AuditChain;
import io.tocsin.alerting.healing.audit.AuditHead;
import io.tocsin.alerting.healing.config.Action;
import io.tocsin.alerting.healing.config.HealingConfig;
import io.tocsin.alerting.healing.config.Ladder;
import io.tocsin.alerting.healing.config.Mode;
import io.tocsin.alerting.healing.config.Targets;
import io.tocsin.alerting.healing.config.Verify;
import io.tocsin.alerting.healing.execute.exec.ExecSpec;
import io.tocsin.alerting.rules.BuiltInRules;
import io.tocsin.alerting.rules.LoadedRule;
import io.tocsin.alerting.rules.RuleReader;
import io.tocsin.schemas.AccessKind;
import io.tocsin.schemas.AccessRole;
import io.tocsin.schemas.AccessToken;
import io.tocsin.schemas.Alert;
import io.tocsin.schemas.AlertState;
import io.tocsin.schemas.AuditEntry;
import io.tocsin.schemas.AuditKind;
import io.tocsin.schemas.DeadLetter;
import io.tocsin.schemas.Delivery;
import io.tocsin.schemas.DeliveryState;
import io.tocsin.schemas.FindingCounts;
import io.tocsin.schemas.ImageFindings;
import io.tocsin.schemas.Incident;
import io.tocsin.schemas.Matcher;
import io.tocsin.schemas.Notification;
import io.tocsin.schemas.NotificationKind;
import io.tocsin.schemas.Policy;
import io.tocsin.schemas.PolicyEffect;
import io.tocsin.schemas.PolicyRule;
import io.tocsin.schemas.PolicyTrouble;
import io.tocsin.schemas.Recurrence;
import io.tocsin.schemas.RefusedCount;
import io.tocsin.schemas.Resource;
import io.tocsin.schemas.ResourceKind;
import io.tocsin.schemas.RuleStatus;
import io.tocsin.schemas.RuleText;
import io.tocsin.schemas.SecurityReport;
import io.tocsin.schemas.SecuritySource;
import io.tocsin.schemas.SevereFinding;
import io.tocsin.schemas.Severity;
import io.tocsin.schemas.SeverityTotals;
import io.tocsin.schemas.ShadowReport;
import io.tocsin.schemas.Silence;
import io.tocsin.schemas.TallyBoard;
import io.tocsin.schemas.Violation;
import io.tocsin.schemas.ViolationTally;
import io.tocsin.schemas.topic.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Records of what people and stages do about a made-up fleet: rules, silences, policies, pages, the
 * audit and what could not be used. A few of each, so that every page has something to show.
 */
final class SyntheticWork {

  private final boolean hostile;
  private final Instant now;

  SyntheticWork(boolean hostile, Instant now) {
    this.hostile = hostile;
    this.now = now;
  }

  private String text(String plain) {
    return hostile ? plain + " " + SyntheticFleet.HOSTILE : plain;
  }

  /** What the responder of the fleet is allowed. */
  static HealingConfig healing() {
    Action restart =
        new Action(
            "restart-shop",
            new ExecSpec(List.of("/bin/true"), null),
            Targets.of("container/c-0-0-0"),
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            Verify.probes(2, Duration.ofSeconds(20)));
    return new HealingConfig(
        Mode.APPROVE,
        null,
        List.of(restart),
        List.of(new Ladder("web", null, null, List.of("restart-shop"))),
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null);
  }

  /** Gives a sink all there is. */
  void into(ConsoleFixture sink, List<Resource> resources, List<Incident> incidents) {
    rules(sink, resources.get(0));
    silences(sink);
    security(sink);
    audit(sink, incidents);
    for (int i = 0; i < Math.min(40, incidents.size()); i++) {
      sink.take(Topics.DELIVERIES, delivery(i, incidents.get(i)));
    }
    for (String reason : List.of("late", "duplicate", "skewed")) {
      sink.take(Topics.REFUSALS, refused(reason));
    }
    for (long offset = 1; offset <= 3; offset++) {
      sink.take(Topics.DEAD_LETTERS, letter(offset));
    }
    sink.take(Topics.ACCESS, token("f00dfeed00000001", "on-call phone", AccessRole.RESPONDER));
    sink.take(Topics.ACCESS, token("f00dfeed00000002", text("status page"), AccessRole.VIEWER));
  }

  private void rules(ConsoleFixture sink, Resource of) {
    int number = 0;
    for (LoadedRule loaded : new RuleReader().readTexts(BuiltInRules.texts()).rules()) {
      RuleText text = loaded.asText("config", now.minusSeconds(90_000));
      boolean refused = ++number % 9 == 4;
      boolean shadow = number % 9 == 7;
      sink.take(
          Topics.RULES,
          hostile
              ? RuleText.newBuilder(text)
                  .setText(text.getText() + "\n# " + text("a comment"))
                  .setFile(text("rules.yaml"))
                  .setBy(text("jo"))
                  .build()
              : text);
      sink.take(
          Topics.RULE_STATUS,
          RuleStatus.newBuilder()
              .setName(text.getName())
              .setVersion(refused ? null : text.getVersion())
              .setAccepted(!refused)
              .setShadow(shadow)
              .setProblems(
                  refused
                      ? List.of(text("rules.yaml:7:12: there is no field cpu_persent"))
                      : List.of())
              .setAt(now)
              .build());
      if (shadow) {
        sink.take(Topics.SHADOW_REPORTS, shadow(text));
      }
      sink.take(Topics.ALERTS, alert("a-" + number, text, of, AlertState.FIRING));
      sink.take(Topics.ALERTS, alert("b-" + number, text, of, AlertState.CLEARED));
    }
  }

  private ShadowReport shadow(RuleText of) {
    return ShadowReport.newBuilder()
        .setName(of.getName())
        .setVersion(of.getVersion())
        .setLive("cpu-saturated")
        .setSince(now.minusSeconds(80_000))
        .setAt(now)
        .setBoth(12)
        .setOnlyLive(3)
        .setOnlyShadow(1)
        .setLatest(List.of(text("only the shadow: host/host-1 from 10:00 to 10:04")))
        .build();
  }

  private Alert alert(String id, RuleText rule, Resource of, AlertState state) {
    return Alert.newBuilder()
        .setId(id)
        .setRule(rule.getName())
        .setRuleVersion(rule.getVersion())
        .setSignal("efficiency")
        .setResourceId(of.getId())
        .setKind(of.getKind())
        .setState(state)
        .setSince(now.minusSeconds(state == AlertState.FIRING ? 300 : 9_000))
        .setAt(now.minusSeconds(state == AlertState.FIRING ? 200 : 8_000))
        .setSummary(text("CPU 97 % for 2 min"))
        .setEvidence(List.of(text("tasks wait 41 % of the time")))
        .build();
  }

  private void silences(ConsoleFixture sink) {
    sink.take(Topics.SILENCES, silence("s-1", now.minusSeconds(600), null));
    sink.take(Topics.SILENCES, silence("s-2", now.plusSeconds(6_000), null));
    sink.take(
        Topics.SILENCES,
        silence("s-3", now.minusSeconds(90_000), new Recurrence("FREQ=DAILY", 1_800_000L, "UTC")));
  }

  private Silence silence(String id, Instant from, Recurrence again) {
    return Silence.newBuilder()
        .setId(id)
        .setMatchers(
            List.of(new Matcher("service", hostile ? SyntheticFleet.HOSTILE : "none", false)))
        .setReason(text("the rack is moved"))
        .setBy(text("jo"))
        .setStartsAt(from)
        .setEndsAt(now.plusSeconds(500_000))
        .setRecurrence(again)
        .setMaintenance(again != null)
        .build();
  }

  private void security(ConsoleFixture sink) {
    PolicyRule rule =
        new PolicyRule("no-shell", "container/*", "exec", "", PolicyEffect.DENY, Severity.HIGH);
    sink.take(
        Topics.POLICIES,
        new Policy("baseline", 3, true, 10, text("no shells in production"), List.of(rule)));
    sink.take(
        Topics.POLICIES,
        new Policy("later", 1, false, 20, text("not yet in force"), List.of(rule)));
    List<Violation> violations = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      violations.add(violation(i));
    }
    for (int i = violations.size() - 1; i >= 0; i--) {
      sink.take(Topics.VIOLATIONS, violations.get(i)); // oldest first, as they happen
    }
    ImageFindings bad = scan("registry/app:1.4", 2);
    sink.take(Topics.IMAGE_FINDINGS, bad);
    sink.take(Topics.IMAGE_FINDINGS, scan(text("registry/calm:1.0"), 0));
    SeverityTotals totals = new SeverityTotals(2L, 7L, 3L, 0L);
    sink.take(
        Topics.SECURITY_REPORT,
        SecurityReport.newBuilder()
            .setAt(now)
            .setHeadline(text("12 violations, 2 of them critical"))
            .setPolicies(1)
            .setJudged(4_711)
            .setDenied(totals)
            .setAudited(totals)
            .setLatest(violations.subList(0, 10))
            .setByContainer(board(text("container/c-0-0-0"), totals))
            .setByPolicy(board("baseline", totals))
            .setImages(List.of(bad))
            .setTroubles(List.of(new PolicyTrouble("later", now, text("rule 1: no such field"))))
            .build());
  }

  private TallyBoard board(String name, SeverityTotals totals) {
    SeverityTotals none = new SeverityTotals(0L, 0L, 0L, 0L);
    return new TallyBoard(List.of(new ViolationTally(name, totals, now)), none, 0L);
  }

  private Violation violation(int number) {
    boolean denied = number % 3 != 0;
    return Violation.newBuilder()
        .setId("v-" + number)
        .setEventId("e-" + number)
        .setAt(now.minusSeconds(60L * number))
        .setPolicy(denied ? "baseline" : null)
        .setPolicyVersion(denied ? 3 : null)
        .setRule(denied ? "no-shell" : null)
        .setEffect(denied ? PolicyEffect.DENY : PolicyEffect.AUDIT)
        .setSeverity(Severity.values()[1 + number % 4])
        .setResourceId("container/c-0-0-0")
        .setKind(ResourceKind.CONTAINER)
        .setContainer(text("c-0-0-0"))
        .setImage(text("registry/app:1.4"))
        .setAction("exec")
        .setSource(SecuritySource.DOCKER)
        .setReason(text("a shell was started: sh -c id"))
        .build();
  }

  private ImageFindings scan(String image, int critical) {
    SevereFinding finding = new SevereFinding("f-1", text("CVE-2026-0001"), Severity.CRITICAL);
    return ImageFindings.newBuilder()
        .setImage(image)
        .setScan("scan-1")
        .setScannedAt(now.minusSeconds(4_000))
        .setPreviousScanAt(now.minusSeconds(90_000))
        .setNewCritical(critical)
        .setNewHigh(1)
        .setNewFindings(critical > 0 ? List.of(finding) : List.of())
        .setFixed(1)
        .setFixedFindings(List.of(finding))
        .setTotals(new FindingCounts(critical, 4, 9, 20, 1))
        .build();
  }

  private void audit(ConsoleFixture sink, List<Incident> incidents) {
    AuditHead head = AuditHead.NONE;
    AuditKind[] kinds = AuditKind.values();
    for (int i = 0; i < 24; i++) {
      Incident of = incidents.isEmpty() ? null : incidents.get(i % incidents.size());
      AuditEntry draft =
          AuditEntry.newBuilder()
              .setSequence(0)
              .setAt(now.minusSeconds(2_400 - 100L * i))
              .setKind(kinds[i % (kinds.length - 1)])
              .setActor(i % 5 == 0 ? text("jo") : "responder/1")
              .setPlanId("plan-" + i)
              .setIncidentId(of == null ? "" : of.getId())
              .setAction("restart-shop")
              .setTargetId(of == null ? "" : of.getResourceId())
              .setOutcome("ALLOWED")
              .setReason(text("all guards agree"))
              .setGuards(List.of("rate", "blast-radius"))
              .setBefore("DOWN")
              .setAfter("UP")
              .setPreviousHash("")
              .setHash("")
              .build();
      AuditEntry whole = AuditChain.next(head, draft, draft.getAt());
      head = AuditChain.headOf(whole);
      sink.audit().add(whole);
      sink.take(Topics.AUDIT, whole);
    }
  }

  private Delivery delivery(int number, Incident of) {
    DeliveryState[] states = DeliveryState.values();
    Notification told =
        Notification.newBuilder()
            .setId("n-" + number)
            .setIncidentId(of.getId())
            .setIncidentVersion(1)
            .setKind(NotificationKind.PAGE)
            .setPriority(of.getPriority())
            .setAt(of.getOpenedAt())
            .setEventAt(of.getOpenedAt())
            .setSummary(of.getSummary())
            .setReason(text("new"))
            .build();
    return Delivery.newBuilder()
        .setId("d-" + number)
        .setChannel(text("mail"))
        .setNotification(told)
        .setDedupKey(of.getId())
        .setState(states[number % (states.length - 1)])
        .setReason(text("250 accepted"))
        .setAttempts(1)
        .setCreatedAt(of.getOpenedAt())
        .setAt(of.getOpenedAt().plusMillis(350))
        .build();
  }

  private RefusedCount refused(String reason) {
    return RefusedCount.newBuilder()
        .setTopology("efficiency")
        .setReason(reason)
        .setAgent(text("agent-1"))
        .setCount(17)
        .setLastResourceId(text("host/host-0"))
        .setLastAt("tocsin.samples-0@7")
        .setFrom(now.minusSeconds(60))
        .setTo(now)
        .build();
  }

  private DeadLetter letter(long offset) {
    return DeadLetter.newBuilder()
        .setStage("streams")
        .setTopic("tocsin.samples")
        .setPartition(0)
        .setOffset(offset)
        .setRecordedAt(now)
        .setAt(now)
        .setReason(text("no Avro: magic byte 0x7b"))
        .build();
  }

  private AccessToken token(String id, String name, AccessRole role) {
    return AccessToken.newBuilder()
        .setId(id)
        .setKind(AccessKind.TOKEN)
        .setName(name)
        .setRole(role)
        .setHash("0".repeat(64))
        .setCreatedAt(now.minusSeconds(4_000))
        .setCreatedBy(text("jo"))
        .setExpiresAt(now.plusSeconds(4_000_000))
        .build();
  }
}
