package io.tocsin.alerting.healing;

/** Finds out whether another responder has taken over. */
final class Fence {

  private Fence() {}

  /** Whether a failure to write says so, however deep inside. */
  static boolean isBehind(Throwable failure) {
    for (Throwable at = failure; at != null; at = at.getCause()) {
      if (at instanceof FencedException) {
        return true;
      }
    }
    return false;
  }
}
