package io.tocsin.alerting.healing;

import io.tocsin.alerting.healing.execute.ActionOutcome;
import io.tocsin.alerting.healing.execute.PlainText;
import io.tocsin.alerting.healing.execute.TargetState;
import io.tocsin.alerting.healing.fleet.Place;
import io.tocsin.schemas.HealOutcome;
import io.tocsin.schemas.HealPlan;
import io.tocsin.schemas.HealResult;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;

/** Makes results. All text in them is one plain line of bounded length. */
final class Results {

  private static final int REASON_CHARS = 500;

  /** Longer than any id that a guard lets pass; a refusal must not outgrow what a topic takes. */
  private static final int ID_CHARS = 200;

  private Results() {}

  /** The first step of a plan. */
  static HealResult of(
      HealPlan plan, HealOutcome outcome, String reason, Instant at, Place place, long epoch) {
    return HealResult.newBuilder()
        .setPlanId(PlainText.head(plan.getId(), ID_CHARS))
        .setIncidentId(PlainText.head(plan.getIncidentId(), ID_CHARS))
        .setAttempt(plan.getAttempt())
        .setAction(PlainText.head(plan.getAction(), ID_CHARS))
        .setTargetId(PlainText.head(plan.getTargetId(), ID_CHARS))
        .setOutcome(outcome)
        .setReason(PlainText.head(reason, REASON_CHARS))
        .setAt(at.truncatedTo(ChronoUnit.MILLIS))
        .setRule(PlainText.head(plan.getRule(), ID_CHARS))
        .setPriority(plan.getPriority())
        .setService(PlainText.head(place.service(), ID_CHARS))
        .setHost(PlainText.head(place.host(), ID_CHARS))
        .setZone(PlainText.head(place.zone(), ID_CHARS))
        .setEpoch(epoch)
        .build();
  }

  /** The step after one that is on the log; it took as long as lies between the two. */
  static HealResult after(
      HealResult before, HealOutcome outcome, String reason, Instant at, long epoch) {
    Instant then = at.truncatedTo(ChronoUnit.MILLIS);
    return HealResult.newBuilder(before)
        .setOutcome(outcome)
        .setReason(PlainText.head(reason, REASON_CHARS))
        .setAt(then)
        .setTookMs(Math.max(0, Duration.between(before.getAt(), then).toMillis()))
        .setExitCode(null)
        .setEpoch(epoch)
        .build();
  }

  /** A step after another of which nobody can say how long it took. */
  static HealResult untimed(
      HealResult before, HealOutcome outcome, String reason, Instant at, long epoch) {
    HealResult result = after(before, outcome, reason, at, epoch);
    result.setTookMs(null);
    return result;
  }

  /** EXECUTED or FAILED, by what came of the action. */
  static HealResult acted(
      HealResult intent, ActionOutcome outcome, TargetState before, Instant at) {
    HealOutcome step = outcome.succeeded() ? HealOutcome.EXECUTED : HealOutcome.FAILED;
    HealResult result = untimed(intent, step, outcome.reason(), at, intent.getEpoch());
    result.setTookMs(outcome.took().toMillis());
    result.setBefore(before == null ? Map.of() : before.facts());
    outcome.exitCode().ifPresent(result::setExitCode);
    return result;
  }

  /** An end, with what came of undoing it. */
  static HealResult compensated(HealResult end, String words) {
    return HealResult.newBuilder(end).setCompensation(PlainText.head(words, REASON_CHARS)).build();
  }
}
