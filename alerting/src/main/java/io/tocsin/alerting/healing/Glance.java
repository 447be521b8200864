package io.tocsin.alerting.healing;

import io.tocsin.alerting.healing.config.Action;
import io.tocsin.alerting.healing.execute.Order;
import io.tocsin.alerting.healing.execute.PlainText;
import io.tocsin.alerting.healing.execute.TargetState;
import io.tocsin.schemas.HealResult;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at targets, whatever their executors make of it. */
final class Glance {

  private static final Logger LOG = LoggerFactory.getLogger(Glance.class);
  private static final int WORDS_CHARS = 300;

  private Glance() {}

  /** Looks elsewhere, and tells what it has seen; nothing if it is stopped meanwhile. */
  static void later(
      Executor workers,
      ActionRun.Parts parts,
      Action action,
      HealResult asked,
      Consumer<TargetState> tell) {
    workers.execute(
        () -> {
          try {
            tell.accept(at(parts.executors(), action, Undo.order(action, asked, parts)));
          } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
          }
        });
  }

  /** How a target stands; an error of the executor is said in the state's words. */
  static TargetState at(OpenExecutors executors, Action action, Order order)
      throws InterruptedException {
    try {
      TargetState seen = executors.of(action).look(order);
      return new TargetState(
          PlainText.head(seen.words(), WORDS_CHARS),
          seen.facts(),
          seen.owner().map(owner -> PlainText.head(owner, WORDS_CHARS)));
    } catch (RuntimeException unexpected) {
      LOG.error("looking at {} ended in an error of the responder", order.targetId(), unexpected);
      return new TargetState(
          PlainText.head("could not be looked at: " + unexpected, WORDS_CHARS),
          Map.of(),
          Optional.empty());
    }
  }
}
