package io.tocsin.alerting.healing;

import io.tocsin.alerting.healing.config.Action;
import io.tocsin.alerting.healing.execute.ActionOutcome;
import io.tocsin.alerting.healing.execute.Order;
import io.tocsin.alerting.healing.execute.TargetState;
import io.tocsin.alerting.healing.guard.Decision;
import io.tocsin.schemas.AuditKind;
import io.tocsin.schemas.HealOutcome;
import io.tocsin.schemas.HealResult;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One allowed plan, carried out at most once: the intent has to be safe on the log before the
 * action starts, so that after a crash the plan is known and never begun again. A crash in between
 * leaves an intent without outcome, which the next start reports as UNKNOWN. An action that says
 * that it failed is undone at once, where it can be.
 */
final class ActionRun implements Runnable {

  private static final Logger LOG = LoggerFactory.getLogger(ActionRun.class);

  /** What a run reports to. */
  interface Listener {

    /** The plan is answered: the intent is on the log, or will never count. Called once. */
    void begun();

    /** The action is over, or did not begin. */
    void over(HealResult result, AuditNote note);

    /** How the target of an action that is over stands. */
    void looked(String planId, String words);

    /** Another responder has taken over: nothing is done any more. */
    void fenced();
  }

  private final Order order;
  private final Action action;
  private final HealResult intent;
  private final List<String> passed;
  private final TargetState before;
  private final Supplier<Optional<Decision.Refuse>> recheck;
  private final Parts parts;
  private final Listener listener;
  private final long takenInAt = System.nanoTime();

  /**
   * A run that has not begun.
   *
   * @param intent its first step
   * @param passed names of the guards that let it pass
   * @param before how the target stands
   * @param recheck asked once more right before the action
   */
  ActionRun(
      Action action,
      HealResult intent,
      List<String> passed,
      TargetState before,
      Supplier<Optional<Decision.Refuse>> recheck,
      Parts parts,
      Listener listener) {
    this.order = Undo.order(action, intent, parts);
    this.action = action;
    this.intent = intent;
    this.passed = passed;
    this.before = before;
    this.recheck = recheck;
    this.parts = parts;
    this.listener = listener;
  }

  /**
   * What a run works with.
   *
   * @param log where the intent goes
   * @param intentWithin how long its acknowledgement may take
   * @param executors carry actions out
   * @param epoch of this responder
   */
  record Parts(
      ResultLog log,
      Duration intentWithin,
      OpenExecutors executors,
      long epoch,
      Clock clock,
      HealingMetrics metrics) {}

  @Override
  public void run() {
    try {
      Optional<Decision.Refuse> refusal = recordIntent().or(recheck);
      if (refusal.isPresent()) {
        refuse(refusal.get());
      } else {
        listener.begun();
        act();
      }
    } catch (FencedException fenced) {
      LOG.error("plan {} is not carried any further: {}", order.planId(), fenced.getMessage());
      listener.fenced();
    } catch (InterruptedException closing) {
      LOG.warn(
          "stopped while plan {} ({} on {}) was under way; its outcome is not known here",
          order.planId(),
          action.name(),
          order.targetId());
      Thread.currentThread().interrupt();
    }
  }

  private Optional<Decision.Refuse> recordIntent() throws InterruptedException {
    try {
      AuditNote note = AuditNote.of(AuditKind.DECIDED, intent, passed).seen(before.words(), "");
      Fence.append(parts.log(), intent, note)
          .get(parts.intentWithin().toMillis(), TimeUnit.MILLISECONDS);
      parts.metrics().result(intent);
      return Optional.empty();
    } catch (ExecutionException | TimeoutException failure) {
      parts.metrics().unacknowledged(failure);
      if (Fence.isBehind(failure)) {
        throw new FencedException(failure);
      }
      return Optional.of(
          new Decision.Refuse(
              "intent",
              "it could not be recorded within " + parts.intentWithin() + ": " + failure));
    }
  }

  private void act() throws InterruptedException {
    Duration delay = Duration.ofNanos(System.nanoTime() - takenInAt);
    ActionOutcome outcome;
    try {
      outcome = parts.executors().of(action).execute(order);
    } catch (RuntimeException unexpected) {
      LOG.error("plan {} ended in an error of the responder", order.planId(), unexpected);
      HealResult unknown =
          Results.untimed(
              intent,
              HealOutcome.UNKNOWN,
              "the responder failed while carrying it out: " + unexpected,
              parts.clock().instant(),
              parts.epoch());
      listener.over(unknown, acted(unknown));
      return;
    }
    parts.metrics().ran(delay, outcome.took());
    HealResult result = Results.acted(intent, outcome, before, parts.clock().instant());
    if (result.getOutcome() == HealOutcome.FAILED && Undo.isPossible(before)) {
      undo(result);
    } else if (result.getOutcome() == HealOutcome.FAILED) {
      listener.over(result, acted(result).seen(before.words(), look()));
    } else {
      // At once, so that a stop in the meantime does not leave it unknown; only then a look.
      listener.over(result, acted(result));
      listener.looked(order.planId(), look());
    }
  }

  private void undo(HealResult failed) throws InterruptedException {
    HealResult step = Undo.step(failed, parts.clock().instant());
    HealResult end = new Undo(parts).run(action, failed, step, acted(failed), before);
    listener.over(
        end, AuditNote.of(AuditKind.COMPENSATED, end, List.of()).seen(before.words(), look()));
  }

  private AuditNote acted(HealResult result) {
    return AuditNote.of(AuditKind.ACTED, result, List.of()).seen(before.words(), "");
  }

  private String look() throws InterruptedException {
    return Glance.at(parts.executors(), action, order).words();
  }

  private void refuse(Decision.Refuse refusal) {
    parts.metrics().refused(refusal.guard());
    HealResult refused =
        Results.untimed(
            intent,
            HealOutcome.REFUSED,
            refusal.guard() + ": " + refusal.reason() + "; nothing was executed",
            parts.clock().instant(),
            parts.epoch());
    listener.over(refused, AuditNote.of(AuditKind.DECIDED, refused, List.of()));
    listener.begun();
  }
}
