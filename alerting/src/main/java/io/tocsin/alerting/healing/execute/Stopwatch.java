package io.tocsin.alerting.healing.execute;

import java.time.Duration;
import java.util.OptionalInt;

/** How long an action has taken so far, and what that leaves of its time; makes its outcome. */
public final class Stopwatch {

  private static final int LONGEST_REASON = 300;

  private final long began = System.nanoTime();

  /** The time since it was started. */
  public Duration elapsed() {
    return Duration.ofNanos(System.nanoTime() - began);
  }

  /** What is left of a timeout; zero if nothing is. */
  public Duration left(Duration timeout) {
    Duration left = timeout.minus(elapsed());
    return left.isNegative() ? Duration.ZERO : left;
  }

  /** It ran to its end. */
  public ActionOutcome succeeded(String reason) {
    return outcome(true, reason);
  }

  /** It did not begin, or did not come to its end. */
  public ActionOutcome failed(String reason) {
    return outcome(false, reason);
  }

  private ActionOutcome outcome(boolean succeeded, String reason) {
    return new ActionOutcome(
        succeeded, OptionalInt.empty(), PlainText.head(reason, LONGEST_REASON), elapsed());
  }
}
