package io.tocsin.alerting.healing.verify;

import io.tocsin.alerting.healing.config.Verify;
import io.tocsin.schemas.HealResult;
import io.tocsin.schemas.Health;
import io.tocsin.schemas.Probe;
import java.time.Instant;

/**
 * The watch over a target after an action on it, by the same probes that called for the action.
 *
 * @param executed the EXECUTED result
 * @param verify what has to be seen
 * @param deadline when the watch is over
 * @param healthy UP probes in a row so far
 * @param newest time of the newest probe that counted; the end of the action before the first
 * @param evidence what that probe said, in words
 */
public record Verification(
    HealResult executed,
    Verify verify,
    Instant deadline,
    int healthy,
    Instant newest,
    String evidence) {

  /** A watch that begins where the action ended. */
  public static Verification begun(HealResult executed, Verify verify) {
    return until(executed, verify, executed.getAt().plus(verify.within()));
  }

  /**
   * A watch taken up again after a stop: the time nobody watched is not held against the target.
   */
  public static Verification resumed(HealResult executed, Verify verify, Instant now) {
    return until(executed, verify, now.plus(verify.within()));
  }

  private static Verification until(HealResult executed, Verify verify, Instant deadline) {
    return new Verification(
        executed, verify, deadline, 0, executed.getAt(), "no probe since the action");
  }

  /**
   * The same after one more probe of any resource. Probes from before the end of the action, late
   * ones and repeated ones do not count: a try that began before the restart proves nothing.
   */
  public Verification after(Probe probe) {
    if (!probe.getResourceId().equals(executed.getTargetId())
        || !probe.getAt().isAfter(newest)
        || probe.getAt().isAfter(deadline)) {
      return this;
    }
    int row = probe.getHealth() == Health.UP ? healthy + 1 : 0;
    String words = probe.getHealth() + ": " + probe.getEvidence();
    return new Verification(executed, verify, deadline, row, probe.getAt(), words);
  }

  /** What can be said by now. */
  public Verdict verdict(Instant now) {
    if (healthy >= verify.healthyProbes()) {
      return new Verdict.Verified(
          verify.healthyProbes() + " probe(s) in a row healthy, the last of " + newest);
    }
    if (now.isBefore(deadline)) {
      return new Verdict.Pending();
    }
    return new Verdict.NotVerified(
        healthy
            + " of "
            + verify.healthyProbes()
            + " healthy probe(s) by "
            + deadline
            + "; last seen: "
            + evidence);
  }
}
