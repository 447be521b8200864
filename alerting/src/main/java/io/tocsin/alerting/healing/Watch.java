package io.tocsin.alerting.healing;

import io.tocsin.alerting.healing.config.HealingConfig;
import io.tocsin.alerting.healing.config.Verify;
import io.tocsin.alerting.healing.fleet.Alarm;
import io.tocsin.alerting.healing.guard.Known;
import io.tocsin.alerting.healing.verify.Verdict;
import io.tocsin.alerting.healing.verify.Verification;
import io.tocsin.schemas.HealOutcome;
import io.tocsin.schemas.HealResult;
import io.tocsin.schemas.Probe;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The verifications under way. Not thread-safe. */
final class Watch {

  private final HealingConfig config;
  private final Known known;
  private final long epoch;
  private final Set<String> targets;
  private final Map<String, Verification> byPlan = new LinkedHashMap<>();
  private final Map<String, String> alerts = new HashMap<>();
  private final Map<String, Probe> newest = new HashMap<>();

  Watch(HealingConfig config, Known known, long epoch) {
    this.config = config;
    this.known = known;
    this.epoch = epoch;
    this.targets = config.probed();
  }

  /** Remembers which alert asks for a plan, for the time when it is watched. */
  void expect(String planId, String alertId) {
    if (!alertId.isEmpty()) {
      alerts.put(planId, alertId);
    }
  }

  /** Forgets a plan that will not be watched. */
  void drop(String planId) {
    alerts.remove(planId);
  }

  /** Watches what an action did. */
  void begin(HealResult executed) {
    verify(executed)
        .ifPresent(
            verify -> {
              byPlan.put(
                  executed.getPlanId(),
                  Verification.begun(executed, verify, signal(executed, verify)));
              alarm(executed).ifPresent(alarm -> see(executed.getPlanId(), alarm));
              // It may have been read before the end of the action was known here.
              Probe probe = newest.get(verify.subject(executed.getTargetId()));
              if (probe != null) {
                byPlan.computeIfPresent(executed.getPlanId(), (plan, watch) -> watch.after(probe));
              }
            });
  }

  /** By the same signal that called for the action: probes where it is probed, else the alert. */
  private Verify.Signal signal(HealResult executed, Verify verify) {
    if (verify.by() != Verify.Signal.ANY) {
      return verify.by();
    }
    if (alarm(executed).filter(alarm -> !alarm.isAboutProbes()).isPresent()) {
      return Verify.Signal.ALERT;
    }
    return known.sightings().isProbed(executed.getTargetId())
        ? Verify.Signal.PROBES
        : Verify.Signal.ANY;
  }

  /** The alert that asked for it; after a restart the newest of its rule on its target. */
  private Optional<Alarm> alarm(HealResult executed) {
    String id = alerts.get(executed.getPlanId());
    return id == null
        ? known
            .alarms()
            .newest(executed.getRule(), executed.getTargetId())
            .filter(alarm -> isOfThisTime(alarm, executed))
        : known.alarms().of(id);
  }

  /** An episode that was over before is none that called for the action. */
  private static boolean isOfThisTime(Alarm alarm, HealResult executed) {
    return !alarm.at().isBefore(executed.getAt());
  }

  /** Takes up a watch from before a stop; a result at once if nothing says how to verify it. */
  Optional<HealResult> resume(HealResult executed, Instant now) {
    Optional<Verify> verify = verify(executed);
    verify.ifPresent(
        how -> {
          byPlan.put(executed.getPlanId(), Verification.resumed(executed, how, now));
          alarm(executed).ifPresent(alarm -> see(executed.getPlanId(), alarm));
        });
    return verify.isPresent()
        ? Optional.empty()
        : Optional.of(
            Results.after(
                executed,
                HealOutcome.NOT_VERIFIED,
                "the configuration has no such action any more to say how it is verified",
                now,
                epoch));
  }

  /** Enters a probe. */
  void see(Probe probe) {
    if (!targets.contains(probe.getResourceId())) {
      return;
    }
    newest.put(probe.getResourceId(), probe);
    byPlan.replaceAll((plan, verification) -> verification.after(probe));
  }

  /** Enters what a rule says now. */
  void see(Alarm alarm) {
    for (Map.Entry<String, Verification> watched : byPlan.entrySet()) {
      String expected = alerts.get(watched.getKey());
      HealResult executed = watched.getValue().executed();
      boolean isIts =
          expected == null
              ? alarm.rule().equals(executed.getRule())
                  && alarm.resourceId().equals(executed.getTargetId())
                  && isOfThisTime(alarm, executed)
              : alarm.id().equals(expected);
      if (isIts) {
        watched.setValue(watched.getValue().after(alarm));
      }
    }
  }

  private void see(String planId, Alarm alarm) {
    byPlan.computeIfPresent(planId, (plan, verification) -> verification.after(alarm));
  }

  /** Ends the watches that have come to a verdict. */
  List<HealResult> verdicts(Instant now) {
    List<HealResult> results = new ArrayList<>();
    for (Verification watched : byPlan.values()) {
      Verdict verdict = watched.verdict(now);
      if (verdict instanceof Verdict.Verified yes) {
        results.add(end(watched, HealOutcome.VERIFIED, yes.reason(), now));
      } else if (verdict instanceof Verdict.NotVerified no) {
        results.add(end(watched, HealOutcome.NOT_VERIFIED, no.reason(), now));
      }
    }
    for (HealResult result : results) {
      byPlan.remove(result.getPlanId());
      alerts.remove(result.getPlanId());
    }
    return results;
  }

  private HealResult end(Verification watched, HealOutcome outcome, String reason, Instant now) {
    return Results.after(watched.executed(), outcome, reason, now, epoch);
  }

  private Optional<Verify> verify(HealResult executed) {
    return config.action(executed.getAction()).map(action -> action.verify());
  }
}
