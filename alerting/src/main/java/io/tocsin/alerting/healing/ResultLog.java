package io.tocsin.alerting.healing;

import io.tocsin.schemas.HealResult;
import java.util.concurrent.CompletableFuture;

/**
 * Where results and the audit are kept, both or neither. Thread-safe; what one thread appends keeps
 * its order.
 */
@FunctionalInterface
interface ResultLog {

  /**
   * Adds one step.
   *
   * @param result null for what belongs to no plan's life, such as a person's command
   * @param note what the audit says of it; null for what it says nothing of
   * @return done when both are safe; failed when nobody knows whether they are; failed with a
   *     {@link FencedException} when another responder has taken over, so that this one must do
   *     nothing any more
   */
  CompletableFuture<?> append(HealResult result, AuditNote note);
}
