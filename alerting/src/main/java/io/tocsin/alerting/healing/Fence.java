package io.tocsin.alerting.healing;

import io.tocsin.schemas.HealResult;
import java.util.concurrent.CompletableFuture;

/** Writes to a log that may be another's by now. */
final class Fence {

  private Fence() {}

  /** Appends; a log that throws has failed to, and that is all. */
  static CompletableFuture<?> append(ResultLog log, HealResult result, AuditNote note) {
    try {
      return log.append(result, note);
    } catch (RuntimeException failure) {
      return CompletableFuture.failedFuture(failure);
    }
  }

  /** Whether a failure to write says that another responder has taken over, however deep inside. */
  static boolean isBehind(Throwable failure) {
    for (Throwable at = failure; at != null; at = at.getCause()) {
      if (at instanceof FencedException) {
        return true;
      }
    }
    return false;
  }
}
