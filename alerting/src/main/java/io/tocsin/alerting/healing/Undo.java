package io.tocsin.alerting.healing;

import io.tocsin.alerting.healing.config.Action;
import io.tocsin.alerting.healing.execute.ActionOutcome;
import io.tocsin.alerting.healing.execute.Order;
import io.tocsin.alerting.healing.execute.TargetState;
import io.tocsin.schemas.HealOutcome;
import io.tocsin.schemas.HealResult;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts back what an action has changed without helping, at most once: as with the action itself,
 * the step has to be safe on the log before it begins. A target whose executor saw nothing to put
 * back is left as it is.
 */
final class Undo {

  private static final Logger LOG = LoggerFactory.getLogger(Undo.class);

  private final ActionRun.Parts parts;

  Undo(ActionRun.Parts parts) {
    this.parts = parts;
  }

  /** Whether its executor has noted how to put it back. */
  static boolean isPossible(TargetState before) {
    return before != null && !before.facts().isEmpty();
  }

  /** The step that says that it is about to be undone. */
  static HealResult step(HealResult end, Instant now) {
    return Results.untimed(
        end,
        HealOutcome.COMPENSATING,
        "about to be undone: " + end.getReason(),
        now,
        end.getEpoch());
  }

  /**
   * Does it.
   *
   * @param end what the plan ends with
   * @param step what is written first
   * @param note what the audit says of that step
   * @return the end, with what came of it
   * @throws FencedException if another responder has taken over; nothing was undone
   */
  HealResult run(Action action, HealResult end, HealResult step, AuditNote note, TargetState before)
      throws InterruptedException {
    try {
      Fence.append(parts.log(), step, note)
          .get(parts.intentWithin().toMillis(), TimeUnit.MILLISECONDS);
      parts.metrics().result(step);
    } catch (ExecutionException | TimeoutException failure) {
      parts.metrics().unacknowledged(failure);
      if (Fence.isBehind(failure)) {
        throw new FencedException(failure);
      }
      return Results.compensated(
          end, "not undone: that could not be recorded within " + parts.intentWithin());
    }
    return Results.compensated(end, words(action, order(action, end, parts), before));
  }

  private String words(Action action, Order order, TargetState before) throws InterruptedException {
    try {
      Optional<ActionOutcome> outcome = parts.executors().of(action).compensate(order, before);
      parts.metrics().compensated(outcome.map(ActionOutcome::succeeded));
      return outcome
          .map(done -> (done.succeeded() ? "undone: " : "could not be undone: ") + done.reason())
          .orElse("there was nothing to undo");
    } catch (RuntimeException unexpected) {
      LOG.error("undoing plan {} ended in an error of the responder", order.planId(), unexpected);
      parts.metrics().compensated(Optional.of(false));
      return "could not be undone, the responder failed: " + unexpected;
    }
  }

  /** What is to be done to whom, from a result of the plan. */
  static Order order(Action action, HealResult result, ActionRun.Parts parts) {
    return new Order(
        action.name(),
        result.getTargetId(),
        action.targets().object(result.getTargetId()),
        result.getPlanId(),
        result.getIncidentId(),
        result.getAttempt(),
        parts.epoch(),
        action.timeout());
  }
}
