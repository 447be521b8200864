package io.tocsin.alerting.healing.verify;

/** What the health signal says about an action. */
public sealed interface Verdict {

  /** Not enough seen yet, and time left. */
  record Pending() implements Verdict {}

  /** The target is healthy again. */
  record Verified(String reason) implements Verdict {}

  /** It is not, and the time is over. */
  record NotVerified(String reason) implements Verdict {}
}
