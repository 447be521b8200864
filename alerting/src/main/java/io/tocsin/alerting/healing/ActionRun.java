package io.tocsin.alerting.healing;

import io.tocsin.alerting.healing.config.Action;
import io.tocsin.alerting.healing.execute.ActionOutcome;
import io.tocsin.alerting.healing.execute.Order;
import io.tocsin.alerting.healing.guard.Decision;
import io.tocsin.schemas.HealOutcome;
import io.tocsin.schemas.HealPlan;
import io.tocsin.schemas.HealResult;
import java.time.Clock;
import java.time.Duration;
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
 * leaves an intent without outcome, which the next start reports as UNKNOWN.
 */
final class ActionRun implements Runnable {

  private static final Logger LOG = LoggerFactory.getLogger(ActionRun.class);

  /** What a run reports to. */
  interface Listener {

    /** The plan is answered: the intent is on the log, or will never count. Called once. */
    void begun();

    /** The action is over, or did not begin. */
    void over(HealResult result);
  }

  private final HealPlan plan;
  private final Action action;
  private final HealResult intent;
  private final Supplier<Optional<Decision.Refuse>> recheck;
  private final Parts parts;
  private final Listener listener;
  private final long takenInAt = System.nanoTime();

  ActionRun(
      HealPlan plan,
      Action action,
      HealResult intent,
      Supplier<Optional<Decision.Refuse>> recheck,
      Parts parts,
      Listener listener) {
    this.plan = plan;
    this.action = action;
    this.intent = intent;
    this.recheck = recheck;
    this.parts = parts;
    this.listener = listener;
  }

  /**
   * What a run works with.
   *
   * @param log where the intent goes
   * @param epoch of this responder
   * @param intentWithin how long its acknowledgement may take
   * @param executors carry actions out
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
    } catch (InterruptedException closing) {
      LOG.warn(
          "stopped while plan {} ({} on {}) was under way; its outcome is not known here",
          plan.getId(),
          action.name(),
          plan.getTargetId());
      Thread.currentThread().interrupt();
    }
  }

  private Optional<Decision.Refuse> recordIntent() throws InterruptedException {
    try {
      parts.log().append(intent, null).get(parts.intentWithin().toMillis(), TimeUnit.MILLISECONDS);
      parts.metrics().result(intent);
      return Optional.empty();
    } catch (ExecutionException | TimeoutException failure) {
      parts.metrics().unacknowledged(failure);
      return Optional.of(
          new Decision.Refuse(
              "intent",
              "it could not be recorded within " + parts.intentWithin() + ": " + failure));
    }
  }

  private void act() throws InterruptedException {
    Duration delay = Duration.ofNanos(System.nanoTime() - takenInAt);
    HealResult result;
    try {
      ActionOutcome outcome = parts.executors().of(action).execute(order());
      parts.metrics().ran(delay, outcome.took());
      result = Results.of(plan, outcome, parts.clock().instant());
    } catch (RuntimeException unexpected) {
      LOG.error("plan {} ended in an error of the responder", plan.getId(), unexpected);
      result =
          Results.of(
              plan,
              HealOutcome.UNKNOWN,
              "the responder failed while carrying it out: " + unexpected,
              parts.clock().instant());
    }
    listener.over(result);
  }

  private Order order() {
    return new Order(
        action.name(),
        plan.getTargetId(),
        action.targets().object(plan.getTargetId()),
        plan.getId(),
        plan.getIncidentId(),
        plan.getAttempt(),
        parts.epoch(),
        action.timeout());
  }

  private void refuse(Decision.Refuse refusal) {
    parts.metrics().refused(refusal.guard());
    listener.over(
        Results.of(
            plan,
            HealOutcome.REFUSED,
            refusal.guard() + ": " + refusal.reason() + "; nothing was executed",
            parts.clock().instant()));
    listener.begun();
  }
}
