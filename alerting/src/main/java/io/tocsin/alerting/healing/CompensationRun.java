package io.tocsin.alerting.healing;

import io.tocsin.alerting.healing.config.Action;
import io.tocsin.alerting.healing.execute.TargetState;
import io.tocsin.schemas.AuditKind;
import io.tocsin.schemas.HealResult;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Undoes an action that ran and did not help.
 *
 * @param action what was done
 * @param end the NOT_VERIFIED that the plan ends with
 * @param step the COMPENSATING that goes before it
 * @param before how the target stood before the action
 */
record CompensationRun(
    Action action,
    HealResult end,
    HealResult step,
    TargetState before,
    ActionRun.Parts parts,
    ActionRun.Listener listener)
    implements Runnable {

  private static final Logger LOG = LoggerFactory.getLogger(CompensationRun.class);

  @Override
  public void run() {
    try {
      AuditNote note = AuditNote.of(AuditKind.DECIDED, step, List.of()).seen(before.words(), "");
      HealResult undone = new Undo(parts).run(action, end, step, note, before);
      String after = Glance.at(parts.executors(), action, Undo.order(action, end, parts)).words();
      listener.over(
          undone,
          AuditNote.of(AuditKind.COMPENSATED, undone, List.of()).seen(before.words(), after));
    } catch (FencedException fenced) {
      LOG.error("plan {} is not undone: {}", end.getPlanId(), fenced.getMessage());
      listener.fenced();
    } catch (InterruptedException closing) {
      LOG.warn("stopped while plan {} was being undone; that is unknown here", end.getPlanId());
      Thread.currentThread().interrupt();
    }
  }
}
