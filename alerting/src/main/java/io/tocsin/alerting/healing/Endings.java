package io.tocsin.alerting.healing;

import io.tocsin.alerting.healing.config.Action;
import io.tocsin.alerting.healing.config.HealingConfig;
import io.tocsin.alerting.healing.execute.TargetState;
import io.tocsin.alerting.healing.ledger.Ledger;
import io.tocsin.alerting.healing.trust.Trust;
import io.tocsin.schemas.AuditKind;
import io.tocsin.schemas.HealOutcome;
import io.tocsin.schemas.HealResult;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * What becomes of actions that are over: the verdict is told, what did not help is undone, and
 * trust is kept. Used by one thread.
 */
final class Endings {

  /** How a target stood; kept in memory only. */
  private record Stood(Action action, TargetState before, String after) {}

  private final HealingConfig config;
  private final Ledger ledger;
  private final Trust trust;
  private final Answers answers;
  private final ActionRun.Parts parts;
  private final Executor workers;
  private final ActionRun.Listener listener;
  private final Holds holds;
  private final Map<String, Stood> byPlan = new HashMap<>();

  Endings(
      HealingConfig config,
      Ledger ledger,
      Trust trust,
      Answers answers,
      ActionRun.Parts parts,
      Executor workers,
      ActionRun.Listener listener,
      Holds holds) {
    this.holds = holds;
    this.config = config;
    this.ledger = ledger;
    this.trust = trust;
    this.answers = answers;
    this.parts = parts;
    this.workers = workers;
    this.listener = listener;
    ledger.latest().forEach(trust::add);
  }

  /** Remembers how the target stands before an action. */
  void began(String planId, Action action, TargetState before) {
    byPlan.put(planId, new Stood(action, before, ""));
  }

  /** Remembers how it stands after. */
  void looked(String planId, String words) {
    byPlan.computeIfPresent(
        planId, (plan, stood) -> new Stood(stood.action(), stood.before(), words));
  }

  /** A verdict on an action that ran. */
  void verdict(HealResult end) {
    Stood kept = byPlan.remove(end.getPlanId());
    Stood stood = kept == null ? recalled(end) : kept;
    if (end.getOutcome() == HealOutcome.NOT_VERIFIED
        && stood != null
        && Undo.isPossible(stood.before())) {
      HealResult step = Undo.step(end, parts.clock().instant());
      ledger.add(step);
      workers.execute(
          new CompensationRun(stood.action(), end, step, stood.before(), parts, listener));
      return;
    }
    HealResult told =
        end.getOutcome() == HealOutcome.NOT_VERIFIED && stood == null
            ? Results.compensated(
                end,
                "not undone: how it stood before is not known after a restart of the responder")
            : end;
    AuditNote note = AuditNote.of(AuditKind.ENDED, told, List.of());
    answers.give(told, stood == null ? note : note.seen(stood.before().words(), stood.after()));
    entered(told);
    if (told.getOutcome() == HealOutcome.VERIFIED) {
      holds.begin(told);
    }
  }

  /** How it stood before, from what the log says, after a restart; null if that says nothing. */
  private Stood recalled(HealResult end) {
    return end.getBefore().isEmpty()
        ? null
        : config
            .action(end.getAction())
            .map(
                action ->
                    new Stood(action, new TargetState("", end.getBefore(), Optional.empty()), ""))
            .orElse(null);
  }

  /** Enters a result that is on its way to the log. */
  void entered(HealResult result) {
    ledger.add(result);
    if (ledger.isOver(result.getPlanId())) {
      byPlan.remove(result.getPlanId());
    }
    if (!Trust.counts(result)) {
      return;
    }
    Trust.Standing before = standing(result);
    trust.add(result);
    Trust.Standing after = standing(result);
    if (before.isTrusted() && !after.isTrusted()) {
      parts.metrics().demoted();
      answers.note(demoted(after, result));
    }
  }

  private Trust.Standing standing(HealResult result) {
    return trust.standing(result.getRule(), result.getAction(), result.getTargetId());
  }

  private static AuditNote demoted(Trust.Standing standing, HealResult last) {
    return new AuditNote(
        AuditKind.DEMOTED,
        null,
        last.getPlanId(),
        last.getIncidentId(),
        standing.key(),
        last.getTargetId(),
        "DEMOTED",
        String.format(
            Locale.ROOT,
            "helped %d of %d times, at best %.0f %%; a person has to agree from now on",
            standing.helped(),
            standing.tries(),
            100 * standing.upper()),
        List.of(),
        "",
        "");
  }
}
