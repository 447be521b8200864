package io.tocsin.alerting.healing;

import io.tocsin.alerting.healing.config.HealingConfig;
import io.tocsin.alerting.healing.config.Verify;
import io.tocsin.alerting.healing.verify.Verdict;
import io.tocsin.alerting.healing.verify.Verification;
import io.tocsin.schemas.HealOutcome;
import io.tocsin.schemas.HealResult;
import io.tocsin.schemas.Probe;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The verifications under way. Not thread-safe. */
final class Watch {

  private final HealingConfig config;
  private final Map<String, Verification> byPlan = new LinkedHashMap<>();

  Watch(HealingConfig config) {
    this.config = config;
  }

  /** Watches what an action did. */
  void begin(HealResult executed) {
    verify(executed)
        .ifPresent(
            verify -> byPlan.put(executed.getPlanId(), Verification.begun(executed, verify)));
  }

  /** Takes up a watch from before a stop; a result at once if nothing says how to verify it. */
  Optional<HealResult> resume(HealResult executed, Instant now) {
    Optional<Verify> verify = verify(executed);
    verify.ifPresent(
        how -> byPlan.put(executed.getPlanId(), Verification.resumed(executed, how, now)));
    return verify.isPresent()
        ? Optional.empty()
        : Optional.of(
            Results.after(
                executed,
                HealOutcome.NOT_VERIFIED,
                "the configuration has no such action any more to say how it is verified",
                now));
  }

  /** Enters a probe. */
  void see(Probe probe) {
    byPlan.replaceAll((plan, verification) -> verification.after(probe));
  }

  /** Ends the watches that have come to a verdict. */
  List<HealResult> verdicts(Instant now) {
    List<HealResult> results = new ArrayList<>();
    for (Verification watched : byPlan.values()) {
      Verdict verdict = watched.verdict(now);
      if (verdict instanceof Verdict.Verified yes) {
        results.add(Results.after(watched.executed(), HealOutcome.VERIFIED, yes.reason(), now));
      } else if (verdict instanceof Verdict.NotVerified no) {
        results.add(Results.after(watched.executed(), HealOutcome.NOT_VERIFIED, no.reason(), now));
      }
    }
    results.forEach(result -> byPlan.remove(result.getPlanId()));
    return results;
  }

  private Optional<Verify> verify(HealResult executed) {
    return config.action(executed.getAction()).map(action -> action.verify());
  }
}
