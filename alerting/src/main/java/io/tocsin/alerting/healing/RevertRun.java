package io.tocsin.alerting.healing;

import io.tocsin.alerting.healing.execute.ActionOutcome;
import io.tocsin.alerting.healing.execute.Order;
import io.tocsin.alerting.healing.execute.TargetState;
import io.tocsin.schemas.AuditKind;
import io.tocsin.schemas.HealOutcome;
import io.tocsin.schemas.HealResult;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts back what held while a target was down. To put a state back that is there already changes
 * nothing, so that this may be done again after a crash.
 */
record RevertRun(
    Holds.Held held, ActionRun.Parts parts, ActionRun.Listener listener, Consumer<Holds.Held> again)
    implements Runnable {

  private static final Logger LOG = LoggerFactory.getLogger(RevertRun.class);

  @Override
  public void run() {
    HealResult verified = held.verified();
    Order order = Undo.order(held.action(), verified, parts);
    try {
      TargetState before = new TargetState("", verified.getBefore(), Optional.empty());
      Optional<ActionOutcome> outcome =
          parts.executors().of(held.action()).compensate(order, before);
      boolean done = outcome.map(ActionOutcome::succeeded).orElse(true);
      String reason = outcome.map(ActionOutcome::reason).orElse("there was nothing to put back");
      if (!done && held.tries() + 1 < Holds.TRIES) {
        LOG.warn(
            "{} of {} could not be put back yet: {}", order.action(), order.targetId(), reason);
        again.accept(held);
        return;
      }
      tell(order, (done ? "well again; put back: " : "well again, but not put back: ") + reason);
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException unexpected) {
      LOG.error("putting back {} of {} failed", order.action(), order.targetId(), unexpected);
      again.accept(held);
    }
  }

  private void tell(Order order, String reason) throws InterruptedException {
    HealResult reverted =
        Results.untimed(
            held.verified(), HealOutcome.REVERTED, reason, parts.clock().instant(), parts.epoch());
    String after = Glance.at(parts.executors(), held.action(), order).words();
    listener.over(
        reverted, AuditNote.of(AuditKind.COMPENSATED, reverted, List.of()).seen("", after));
  }
}
