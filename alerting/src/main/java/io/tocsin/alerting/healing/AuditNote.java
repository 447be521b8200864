package io.tocsin.alerting.healing;

import io.tocsin.alerting.healing.execute.PlainText;
import io.tocsin.schemas.AuditEntry;
import io.tocsin.schemas.AuditKind;
import io.tocsin.schemas.Command;
import io.tocsin.schemas.HealPlan;
import io.tocsin.schemas.HealResult;
import io.tocsin.schemas.Silence;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What the audit is to say, before it has its place in the chain. All text is one plain line of
 * bounded length.
 *
 * @param kind what happened
 * @param actor a person; null for the responder itself
 * @param guards names of the guards that had no objection, in their order
 * @param before how the target stood before; empty where nobody looked
 * @param after how it stood after
 */
record AuditNote(
    AuditKind kind,
    String actor,
    String planId,
    String incidentId,
    String action,
    String targetId,
    String outcome,
    String reason,
    List<String> guards,
    String before,
    String after) {

  /** Longer than any id that a guard lets pass. */
  private static final int ID_CHARS = 200;

  private static final int TEXT_CHARS = 500;

  AuditNote {
    actor = actor == null ? null : PlainText.head(actor, ID_CHARS);
    planId = PlainText.head(planId, ID_CHARS);
    incidentId = PlainText.head(incidentId, ID_CHARS);
    action = PlainText.head(action, ID_CHARS);
    targetId = PlainText.head(targetId, ID_CHARS);
    outcome = PlainText.head(outcome, ID_CHARS);
    reason = PlainText.head(reason, TEXT_CHARS);
    guards = List.copyOf(guards);
    before = PlainText.head(before, TEXT_CHARS);
    after = PlainText.head(after, TEXT_CHARS);
  }

  /** A responder has taken over. */
  static AuditNote started(String reason) {
    return new AuditNote(
        AuditKind.STARTED, null, "", "", "", "", "STARTED", reason, List.of(), "", "");
  }

  /** A step of a plan. */
  static AuditNote of(AuditKind kind, HealResult result, List<String> guards) {
    return new AuditNote(
        kind,
        null,
        result.getPlanId(),
        result.getIncidentId(),
        result.getAction(),
        result.getTargetId(),
        result.getOutcome().name(),
        result.getReason(),
        guards,
        "",
        "");
  }

  /** What a person wished. */
  static AuditNote of(Command command, String outcome) {
    return new AuditNote(
        AuditKind.COMMANDED,
        command.getBy(),
        orEmpty(command.getPlanId()),
        orEmpty(command.getIncidentId()),
        orEmpty(command.getAutonomy()),
        "",
        outcome,
        command.getKind() + details(command) + ": " + command.getText(),
        List.of(),
        "",
        "");
  }

  private static String orEmpty(String id) {
    return id == null ? "" : id;
  }

  private static String details(Command command) {
    return switch (command.getKind()) {
      case ACKNOWLEDGE -> command.getUntil() == null ? "" : " until " + command.getUntil();
      case REPRIORITISE -> command.getPriority() == null ? "" : " to " + command.getPriority();
      case SILENCE -> command.getSilence() == null ? "" : silence(command.getSilence());
      case UNSILENCE -> " " + orEmpty(command.getSilenceId());
      case DEPLOYED -> " " + orEmpty(command.getService());
      default -> "";
    };
  }

  private static String silence(Silence silence) {
    return " "
        + silence.getId()
        + " until "
        + silence.getEndsAt()
        + " of "
        + silence.getMatchers().stream()
            .map(each -> each.getField() + (each.getNegated() ? "!=" : "=") + each.getGlob())
            .collect(Collectors.joining(","));
  }

  /** A plan that is not what it claims to be; its text is not to be trusted. */
  static AuditNote forged(HealPlan plan, String reason) {
    return new AuditNote(
        AuditKind.FORGED,
        null,
        plan.getId(),
        plan.getIncidentId(),
        plan.getAction(),
        plan.getTargetId(),
        "IGNORED",
        reason,
        List.of(),
        "",
        "");
  }

  /** The same with how the target stood. */
  AuditNote seen(String stoodBefore, String standsAfter) {
    return new AuditNote(
        kind,
        actor,
        planId,
        incidentId,
        action,
        targetId,
        outcome,
        reason,
        guards,
        stoodBefore,
        standsAfter);
  }

  /** What is to be linked into the chain. */
  AuditEntry draft(long epoch) {
    return AuditEntry.newBuilder()
        .setSequence(0)
        .setAt(Instant.EPOCH)
        .setKind(kind)
        .setActor(actor == null ? "responder/" + epoch : actor)
        .setPlanId(planId)
        .setIncidentId(incidentId)
        .setAction(action)
        .setTargetId(targetId)
        .setOutcome(outcome)
        .setReason(reason)
        .setGuards(guards)
        .setBefore(before)
        .setAfter(after)
        .setPreviousHash("")
        .setHash("")
        .build();
  }
}
