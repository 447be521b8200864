package io.tocsin.alerting.healing.execute;

import java.time.Duration;
import java.util.OptionalInt;

/**
 * Begins with an execution and makes its outcome: the reason one plain line of at most 300
 * characters, whatever text of others is in it.
 */
public final class Stopwatch {

  private static final int LONGEST_REASON = 300;

  private final long began = System.nanoTime();

  private Stopwatch() {}

  /** One that begins now. */
  public static Stopwatch start() {
    return new Stopwatch();
  }

  /** It ran to its end and said so. */
  public ActionOutcome succeeded(String reason) {
    return outcome(true, OptionalInt.empty(), reason);
  }

  /** It did not. */
  public ActionOutcome failed(String reason) {
    return outcome(false, OptionalInt.empty(), reason);
  }

  /** A process ran to its end. */
  public ActionOutcome exited(int exitCode, String reason) {
    return outcome(exitCode == 0, OptionalInt.of(exitCode), reason);
  }

  /** Time since the start. */
  public Duration elapsed() {
    return Duration.ofNanos(System.nanoTime() - began);
  }

  /** What is left of a limit; never negative. */
  public Duration left(Duration limit) {
    Duration left = limit.minus(elapsed());
    return left.isNegative() ? Duration.ZERO : left;
  }

  private ActionOutcome outcome(boolean succeeded, OptionalInt exitCode, String reason) {
    return new ActionOutcome(
        succeeded, exitCode, PlainText.head(reason, LONGEST_REASON), elapsed());
  }
}
