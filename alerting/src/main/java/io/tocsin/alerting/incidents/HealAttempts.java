package io.tocsin.alerting.incidents;

import io.tocsin.alerting.incidents.Clocks.Which;
import io.tocsin.schemas.Alert;
import io.tocsin.schemas.AlertState;
import io.tocsin.schemas.HealOutcome;
import io.tocsin.schemas.HealPlan;
import io.tocsin.schemas.HealResult;
import io.tocsin.schemas.Incident;
import io.tocsin.schemas.IncidentEventKind;
import io.tocsin.schemas.IncidentState;
import io.tocsin.schemas.NotificationKind;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The part of an incident's life that the responder takes part in: plans out, results in.
 *
 * <p>Only the cause is healed, only while it is known to be bad, and not during planned work. The
 * actions of its rule are tried in their order, each as often as its policy says. An attempt that
 * was refused counts like one that failed: the guard that refused may let the next one through, and
 * if it never does, the cap brings people in. What nobody knows the outcome of is left to people at
 * once: a second action on top of it could do harm.
 */
final class HealAttempts {

  /** A plan's answer may be this much on its way when the plan ends. */
  static final Duration GRACE = Duration.ofSeconds(5);

  private final HealPolicies policies;
  private final Settings settings;
  private final Clocks clocks;
  private final Telling telling;

  HealAttempts(HealPolicies policies, Settings settings, Clocks clocks, Telling telling) {
    this.policies = policies;
    this.settings = settings;
    this.clocks = clocks;
    this.telling = telling;
  }

  private record Choice(String action, HealPolicy policy) {}

  /** Plans the next attempt if one is provided for now. Harmless to ask again. */
  Optional<HealPlan> review(Draft draft, Case known) {
    Alert cause = draft.book().member(known.causeId()).map(Member::alert).orElse(null);
    Heal last = known.heal();
    boolean waits =
        last != null
            && (last.isInFlight()
                || last.leftToPeople()
                || sameTarget(last, cause) && last.nextAt() != null);
    if (!known.isOpen()
        || known.incident().getState() == IncidentState.MITIGATED
        || cause == null
        || cause.getState() != AlertState.FIRING
        || cause.getHeal().isEmpty()
        || waits) {
      return Optional.empty();
    }
    int before = before(known, cause);
    Choice choice = choose(cause, known.incident(), before).orElse(null);
    if (choice == null) {
      if (known.incident().getHealAttempts() > before) {
        leaveToPeople(draft, known, draft.now(), "no heal attempts are left");
      }
      return Optional.empty();
    }
    if (known.incident().getServiceLevel().getPausedSince() != null) {
      draft.hold(HeldReason.HEAL_DURING_MAINTENANCE);
      return Optional.empty();
    }
    return Optional.of(plan(draft, known, cause, choice, before));
  }

  private static boolean sameTarget(Heal last, Alert cause) {
    return cause != null && last.targetId().equals(Member.resourceId(cause));
  }

  private static int before(Case known, Alert cause) {
    Heal last = known.heal();
    return last == null
        ? 0
        : sameTarget(last, cause) ? last.before() : known.incident().getHealAttempts();
  }

  private Optional<Choice> choose(Alert cause, Incident incident, int before) {
    int made = incident.getHealAttempts() - before;
    for (String action : cause.getHeal()) {
      HealPolicy policy = policy(action, Member.resourceId(cause), incident).orElse(null);
      if (policy != null && made < policy.maxAttempts()) {
        return Optional.of(new Choice(action, policy));
      }
      made -= policy == null ? 0 : policy.maxAttempts();
    }
    return Optional.empty();
  }

  private Optional<HealPolicy> policy(String action, String target, Incident incident) {
    return policies.forAction(action, target, incident.getService());
  }

  private HealPlan plan(Draft draft, Case known, Alert cause, Choice choice, int before) {
    int attempt = known.incident().getHealAttempts() + 1;
    String planId = Ids.plan(known.id(), attempt);
    String target = Member.resourceId(cause);
    // The first follows from the alert, later ones from the clock.
    Instant at = known.heal() == null ? cause.getAt() : draft.now();
    Instant deadline = draft.now().plus(choice.policy().validity()).plus(GRACE);
    Case planned =
        draft.change(
            // Reckoned from now, not from notAfter: in a replay the plan is long void, but the
            // answer to it that was given then still has to be read.
            known.with(Heal.planned(planId, target, choice.action(), attempt, before, deadline)),
            IncidentEventKind.HEALING_PLANNED,
            at,
            "attempt " + attempt + ": " + choice.action() + " of " + target,
            next -> next.setHealAttempts(attempt));
    HealPlan plan =
        HealPlan.newBuilder()
            .setId(planId)
            .setIncidentId(known.id())
            .setAttempt(attempt)
            .setAction(choice.action())
            .setTargetId(target)
            .setService(known.incident().getService())
            .setPriority(planned.incident().getPriority())
            .setReason("rule " + cause.getRule() + ": " + cause.getSummary())
            .setRule(cause.getRule())
            .setRuleVersion(cause.getRuleVersion())
            .setAlertId(cause.getId())
            .setCreatedAt(at)
            .setNotAfter(at.plus(choice.policy().validity()))
            .build();
    draft.act(plan);
    return plan;
  }

  /** Takes in the next step of the newest attempt. */
  void onResult(Draft draft, Case known, HealResult result) {
    Heal heal = known.heal();
    String text = told(result);
    Instant at = result.getAt();
    HealOutcome outcome = result.getOutcome();
    Duration cooldown = figures(known).cooldown();
    Instant end = draft.now().plus(figures(known).outcomeWithin());
    switch (outcome) {
      case INTENT ->
          change(
              draft,
              known.with(heal.begun(outcome, at, end)),
              IncidentEventKind.HEALING_STARTED,
              at,
              text,
              IncidentState.HEALING);
      case REVERTED -> draft.change(known, IncidentEventKind.UPDATED, at, text, next -> next);
      case AWAITING_APPROVAL -> onAwaiting(draft, known, result, text);
      case EXECUTED, COMPENSATING ->
          change(
              draft,
              known.with(heal.begun(outcome, at, end)),
              IncidentEventKind.UPDATED,
              at,
              text,
              IncidentState.HEALING);
      case VERIFIED ->
          draft.change(
              known.with(heal.over(outcome, at, draft.now().plus(settings.mitigatedFor()))),
              IncidentEventKind.VERIFIED,
              at,
              text,
              next ->
                  next.setState(IncidentState.MITIGATED)
                      .setServiceLevel(
                          clocks.met(next.getServiceLevel(), next.getUpdatedAt(), Which.MITIGATE)));
      case REFUSED, FAILED, NOT_VERIFIED ->
          change(
              draft,
              known.with(heal.over(outcome, at, at.plus(cooldown))),
              outcome == HealOutcome.REFUSED
                  ? IncidentEventKind.HEALING_REFUSED
                  : IncidentEventKind.HEALING_FAILED,
              at,
              text,
              Progress.resting(known.incident()));
      case UNKNOWN ->
          leaveToPeople(
              draft, draft.book().put(known.with(heal.over(outcome, at, null))), at, text);
    }
  }

  /** Nothing happens until a person agrees, so one has to hear of it. */
  private void onAwaiting(Draft draft, Case known, HealResult result, String text) {
    HealPolicy policy = figures(known);
    Instant end = draft.now().plus(policy.approvalWithin()).plus(policy.outcomeWithin());
    Case waits =
        draft.change(
            known.with(known.heal().begun(result.getOutcome(), result.getAt(), end)),
            IncidentEventKind.UPDATED,
            result.getAt(),
            text,
            next -> next);
    draft.tell(
        telling
            .of(
                draft,
                waits,
                NotificationKind.REMINDER,
                result.getAction()
                    + " of "
                    + result.getTargetId()
                    + " waits for somebody to agree:"
                    + " tocsin heal approve "
                    + result.getPlanId())
            .build());
  }

  private HealPolicy figures(Case known) {
    Heal heal = known.heal();
    return policy(heal.action(), heal.targetId(), known.incident()).orElse(HealPolicy.DEFAULT);
  }

  private static void change(
      Draft draft,
      Case known,
      IncidentEventKind kind,
      Instant at,
      String text,
      IncidentState state) {
    draft.change(known, kind, at, text, next -> next.setState(state));
  }

  /** Nobody has answered in time. A late answer is still taken in, but nobody waits for it. */
  void onUnanswered(Draft draft, Case known) {
    Instant deadline = known.heal().deadline();
    Case over =
        draft.change(
            known.with(known.heal().left()),
            IncidentEventKind.HEALING_UNANSWERED,
            deadline,
            "attempt " + known.heal().attempt() + ": no word from the responder by " + deadline,
            next -> next.setState(Progress.resting(known.incident())));
    leaveToPeople(draft, over, deadline, "the outcome of the heal is not known");
  }

  /** The time has come to look whether an attempt has helped, or the next one may be made. */
  void onNext(Draft draft, Case known) {
    Instant at = known.heal().nextAt();
    Case after = draft.book().put(known.with(known.heal().nextAt(null)));
    if (after.incident().getState() == IncidentState.MITIGATED) {
      relapse(draft, after, at, "verified at " + after.heal().outcomeAt() + ", but not cleared");
    }
    draft.touch(known.id());
  }

  /** It is bad again, or still, after a heal was verified. */
  Case relapse(Draft draft, Case known, Instant at, String cause) {
    return draft.change(
        known.with(known.heal().nextAt(null)),
        IncidentEventKind.REOPENED,
        at,
        cause,
        next ->
            next.setState(Progress.resting(known.incident()))
                .setServiceLevel(clocks.unmet(next.getServiceLevel(), Which.MITIGATE)));
  }

  private void leaveToPeople(Draft draft, Case known, Instant at, String cause) {
    Case left =
        draft.change(
            known.with(known.heal().left()),
            IncidentEventKind.NEEDS_HUMAN,
            at,
            cause,
            next -> next.setState(Progress.resting(known.incident())));
    if (left.told() != null) {
      draft.tell(
          telling
              .of(draft, left, NotificationKind.REMINDER, "no more is done by itself: " + cause)
              .build());
    }
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
