package io.tocsin.alerting.healing.verify;

import io.tocsin.alerting.healing.config.Verify;
import io.tocsin.alerting.healing.config.Verify.Signal;
import io.tocsin.alerting.healing.fleet.Alarm;
import io.tocsin.schemas.AlertState;
import io.tocsin.schemas.HealResult;
import io.tocsin.schemas.Health;
import io.tocsin.schemas.Probe;
import java.time.Duration;
import java.time.Instant;

/**
 * The watch over a target after an action on it, by the same signal that called for the action:
 * probes of it, or the alert. Where that is still open ({@link Signal#ANY}), the first probe
 * decides for probes.
 *
 * @param executed the EXECUTED result
 * @param verify what has to be seen
 * @param by whose word counts
 * @param deadline when the watch is over
 * @param healthy UP probes in a row so far
 * @param healthySince since when nothing bad has been seen; null while something is
 * @param newest time of the newest word that counted; the end of the action before the first
 * @param evidence what it said
 */
public record Verification(
    HealResult executed,
    Verify verify,
    Signal by,
    Instant deadline,
    int healthy,
    Instant healthySince,
    Instant newest,
    String evidence) {

  /** A watch that begins where the action ended. */
  public static Verification begun(HealResult executed, Verify verify, Signal by) {
    return until(executed, verify, by, executed.getAt().plus(verify.within()));
  }

  /**
   * A watch taken up again after a stop: the time nobody watched is not held against the target.
   */
  public static Verification resumed(HealResult executed, Verify verify, Instant now) {
    return until(executed, verify, verify.by(), now.plus(verify.within()));
  }

  private static Verification until(
      HealResult executed, Verify verify, Signal by, Instant deadline) {
    return new Verification(
        executed, verify, by, deadline, 0, null, executed.getAt(), "nothing since the action");
  }

  /**
   * The same after one more probe of any resource. Probes from before the end of the action, late
   * ones and repeated ones do not count: a try that began before the restart proves nothing.
   */
  public Verification after(Probe probe) {
    if (by == Signal.ALERT
        || !probe.getResourceId().equals(verify.subject(executed.getTargetId()))
        || !probe.getAt().isAfter(by == Signal.ANY ? executed.getAt() : newest)
        || probe.getAt().isAfter(deadline)) {
      return this;
    }
    boolean up = probe.getHealth() == Health.UP;
    int row = !up ? 0 : by == Signal.ANY ? 1 : healthy + 1;
    Instant since = !up ? null : row == 1 ? probe.getAt() : healthySince;
    return with(
        Signal.PROBES, row, since, probe.getAt(), probe.getHealth() + ": " + probe.getEvidence());
  }

  /** The same after a word of the alert that called for the action. */
  public Verification after(Alarm alarm) {
    if (by == Signal.PROBES || alarm.at().isBefore(executed.getAt()) && !isClear(alarm)) {
      return this;
    }
    // One that cleared while the action ran has been clear since its end, for all that matters.
    Instant since =
        alarm.at().isBefore(executed.getAt())
            ? executed.getAt()
            : max(alarm.at(), executed.getAt());
    return with(
        by,
        0,
        isClear(alarm) ? (healthySince == null ? since : healthySince) : null,
        since,
        "alert " + alarm.rule() + ": " + alarm.state());
  }

  private static boolean isClear(Alarm alarm) {
    return alarm.state() == AlertState.CLEARED;
  }

  private static Instant max(Instant a, Instant b) {
    return a.isAfter(b) ? a : b;
  }

  private Verification with(Signal signal, int row, Instant since, Instant seen, String words) {
    return new Verification(executed, verify, signal, deadline, row, since, seen, words);
  }

  /** What can be said by now. */
  public Verdict verdict(Instant now) {
    boolean enough = by != Signal.PROBES || healthy >= verify.healthyProbes();
    if (healthySince != null
        && enough
        && !healthyFor(now).minus(verify.healthyFor()).isNegative()) {
      return new Verdict.Verified(
          by == Signal.PROBES
              ? healthy + " probe(s) in a row healthy, the last of " + newest
              : "the alert has been clear since " + healthySince);
    }
    if (now.isBefore(deadline)) {
      return new Verdict.Pending();
    }
    return new Verdict.NotVerified(
        (by == Signal.PROBES
                ? healthy + " of " + verify.healthyProbes() + " healthy probe(s)"
                : "the alert had not cleared for long enough")
            + " by "
            + deadline
            + "; last seen: "
            + evidence);
  }

  /**
   * Probes prove the time between them only; an alert that is clear stays so until it says else.
   */
  private Duration healthyFor(Instant now) {
    return Duration.between(healthySince, by == Signal.PROBES ? newest : now);
  }
}
