package io.tocsin.alerting.incident;

import io.tocsin.alerting.rule.HealPolicy;
import io.tocsin.alerting.rule.Rule;
import io.tocsin.alerting.rule.Signal;
import io.tocsin.schemas.HealPlan;
import io.tocsin.schemas.HealResult;
import io.tocsin.schemas.Incident;
import io.tocsin.schemas.IncidentEventKind;
import io.tocsin.schemas.IncidentState;
import java.time.Duration;
import java.time.Instant;

/**
 * The part of an incident's life that the responder takes part in: plans out, results in.
 *
 * <p>An attempt that was refused counts like one that failed: the guard that refused may let the
 * next one through, and if it never does, the cap brings people in. What nobody knows the outcome
 * of is left to people at once: a second action on top of it could do harm.
 */
final class HealAttempts {

  /** A plan's answer may be this much on its way when the plan ends. */
  static final Duration GRACE = Duration.ofSeconds(5);

  private final Rule rule;

  HealAttempts(Rule rule) {
    this.rule = rule;
  }

  /** Plans the next attempt if the rule's policy provides for one now. */
  void planIfAllowed(Draft draft, Signal signal, Instant now) {
    Heal last = draft.track().heal();
    HealPolicy policy = rule.healPolicy(signal.resourceId(), signal.service()).orElse(null);
    if (policy == null || last != null && (last.isInFlight() || last.leftToPeople())) {
      return;
    }
    Incident incident = draft.track().incident();
    if (incident.getHealAttempts() >= policy.maxAttempts()) {
      leaveToPeople(draft, signal.at(), "all " + policy.maxAttempts() + " heal attempts are used");
    } else if (last == null || !signal.at().isBefore(last.outcomeAt().plus(policy.cooldown()))) {
      plan(draft, signal, policy, incident.getHealAttempts() + 1, now);
    }
  }

  private void plan(Draft draft, Signal signal, HealPolicy policy, int attempt, Instant now) {
    Incident incident = draft.track().incident();
    String planId = Ids.plan(incident.getId(), attempt);
    String reason = "rule " + rule.name() + ": " + signal.summary();
    draft.change(
        IncidentEventKind.HEALING_PLANNED,
        signal.at(),
        String.format("attempt %d of %d: %s", attempt, policy.maxAttempts(), policy.action()),
        changed -> changed.setHealAttempts(attempt));
    draft.act(
        HealPlan.newBuilder()
            .setId(planId)
            .setIncidentId(incident.getId())
            .setAttempt(attempt)
            .setAction(policy.action())
            .setTargetId(signal.resourceId())
            .setService(signal.service())
            .setPriority(incident.getPriority())
            .setReason(reason)
            .setCreatedAt(signal.at())
            .setNotAfter(signal.at().plus(policy.validity()))
            .build());
    // Reckoned from now, not from notAfter: in a replay the plan is long void, but the answer to it
    // that was given then still has to be read.
    Instant deadline = now.plus(policy.validity()).plus(GRACE);
    draft.track(draft.track().with(Heal.planned(planId, attempt, deadline)));
  }

  /** Takes in the next step of the newest attempt. */
  void onResult(Draft draft, HealResult result, Instant now) {
    Heal heal = draft.track().heal();
    String text = told(result);
    switch (result.getOutcome()) {
      case INTENT -> {
        draft.track(
            draft.track().with(heal.begun(result.getOutcome(), result.getAt(), end(draft, now))));
        draft.change(
            IncidentEventKind.HEALING_STARTED, result.getAt(), text, IncidentState.HEALING);
      }
      case EXECUTED -> {
        draft.track(
            draft.track().with(heal.begun(result.getOutcome(), result.getAt(), end(draft, now))));
        draft.change(IncidentEventKind.UPDATED, result.getAt(), text, IncidentState.HEALING);
      }
      case VERIFIED -> finish(draft, result, IncidentEventKind.VERIFIED, IncidentState.MITIGATED);
      case REFUSED -> {
        finish(draft, result, IncidentEventKind.HEALING_REFUSED, IncidentState.OPEN);
        leaveToPeopleAtCap(draft, result.getAt());
      }
      case FAILED, NOT_VERIFIED -> {
        finish(draft, result, IncidentEventKind.HEALING_FAILED, IncidentState.OPEN);
        leaveToPeopleAtCap(draft, result.getAt());
      }
      case UNKNOWN -> {
        draft.track(draft.track().with(heal.over(result.getOutcome(), result.getAt())));
        leaveToPeople(draft, result.getAt(), text);
      }
    }
  }

  /** Nobody has answered in time. A late answer is still taken in, but nobody waits for it. */
  void onUnanswered(Draft draft) {
    Heal heal = draft.track().heal();
    draft.change(
        IncidentEventKind.HEALING_UNANSWERED,
        heal.deadline(),
        "attempt " + heal.attempt() + ": no word from the responder by " + heal.deadline(),
        IncidentState.OPEN);
    leaveToPeople(draft, heal.deadline(), "the outcome of the heal is not known");
  }

  private static void finish(
      Draft draft, HealResult result, IncidentEventKind kind, IncidentState state) {
    Heal over = draft.track().heal().over(result.getOutcome(), result.getAt());
    draft.track(draft.track().with(over));
    draft.change(kind, result.getAt(), told(result), state);
  }

  private void leaveToPeopleAtCap(Draft draft, Instant at) {
    Incident incident = draft.track().incident();
    boolean more =
        rule.healPolicy(incident.getResourceId(), incident.getService())
            .filter(policy -> incident.getHealAttempts() < policy.maxAttempts())
            .isPresent();
    if (!more && !draft.track().heal().leftToPeople()) {
      leaveToPeople(draft, at, "no heal attempts are left");
    }
  }

  private static void leaveToPeople(Draft draft, Instant at, String cause) {
    draft.track(draft.track().with(draft.track().heal().left()));
    draft.change(IncidentEventKind.NEEDS_HUMAN, at, cause, IncidentState.OPEN);
  }

  private Instant end(Draft draft, Instant now) {
    Incident incident = draft.track().incident();
    return rule.healPolicy(incident.getResourceId(), incident.getService())
        .map(policy -> now.plus(policy.outcomeWithin()))
        .orElse(now);
  }

  private static String told(HealResult result) {
    return "attempt "
        + result.getAttempt()
        + ", "
        + result.getAction()
        + ": "
        + result.getOutcome()
        + (result.getTookMs() == null ? "" : " after " + result.getTookMs() + " ms")
        + (result.getExitCode() == null ? "" : ", exit code " + result.getExitCode())
        + ", "
        + result.getReason();
  }
}
