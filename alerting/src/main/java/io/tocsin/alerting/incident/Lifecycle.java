package io.tocsin.alerting.incident;

import io.tocsin.alerting.rule.Classification;
import io.tocsin.alerting.rule.Rule;
import io.tocsin.alerting.rule.Signal;
import io.tocsin.schemas.HealOutcome;
import io.tocsin.schemas.HealResult;
import io.tocsin.schemas.Incident;
import io.tocsin.schemas.IncidentEventKind;
import io.tocsin.schemas.IncidentState;
import java.time.Duration;
import java.time.Instant;

/**
 * The life of the incidents of one rule, as a state machine without side effects.
 *
 * <pre>
 * healthy ─bad─▶ pending ─bad for long enough─▶ OPEN ─INTENT─▶ HEALING ─VERIFIED─▶ MITIGATED
 *    ▲              │                            ▲ ◀─refused, failed, unanswered─┘     │
 *    │◀────good─────┘                            └───────────bad again─────────────────┤
 *    └──────────────────────good for long enough, no heal in flight────────────────────┘
 * </pre>
 *
 * <p>Unknown health and silence open nothing and resolve nothing. All that depends on time depends
 * on the event time of the inputs, but for {@link #onDeadline}: a responder that is gone sends no
 * events. So the same inputs give the same incidents with the same versions.
 */
public final class Lifecycle {

  /** New evidence alone makes a new version of an incident no more often than this. */
  static final Duration UPDATE_EVERY = Duration.ofSeconds(30);

  private final Rule rule;
  private final HealAttempts attempts;

  /** The life of the incidents of a rule. */
  public Lifecycle(Rule rule) {
    this.rule = rule;
    this.attempts = new HealAttempts(rule);
  }

  /**
   * A signal the rule listens to has come in.
   *
   * @param now wall-clock time, from which the responder's deadline is reckoned
   */
  public Step onSignal(Track track, Signal signal, Instant now) {
    Draft draft = new Draft(track);
    if (track.lastAt() != null && signal.addsNothingTo(track.lastAt(), track.lastVerdict())) {
      return draft.ignore(
          signal.at().isBefore(track.lastAt()) ? Reason.OUT_OF_ORDER : Reason.REPEATED);
    }
    if (track.lastAt() != null && signal.comesAfterSilenceSince(track.lastAt())) {
      // Nobody knows what was in between, so whatever had to last begins anew.
      draft.track(track.badSince(null).goodSince(null));
    }
    draft.track(draft.track().seen(signal));
    switch (signal.verdict()) {
      case BAD -> onBad(draft, signal, now);
      case GOOD -> onGood(draft, signal);
      case UNKNOWN -> {
        draft.track(draft.track().goodSince(null));
        draft.hold(Reason.UNKNOWN_HEALTH);
      }
    }
    return draft.step();
  }

  /** The responder has told of a step of the newest attempt to heal the open incident. */
  public Step onResult(Track track, HealResult result, Instant now) {
    Draft draft = new Draft(track);
    if (!track.heal().planId().equals(result.getPlanId())
        || track.heal().hasPassed(result.getOutcome())) {
      return draft.ignore(Reason.OLD_HEAL_RESULT);
    }
    attempts.onResult(draft, result, now);
    if (result.getOutcome() == HealOutcome.VERIFIED && track.goodSince() != null) {
      resolveIfClear(draft, track.lastAt());
    }
    return draft.step();
  }

  /** Wall-clock time has passed. Harmless if no deadline has. */
  public Step onDeadline(Track track, Instant now) {
    Draft draft = new Draft(track);
    if (track.deadline() != null && !now.isBefore(track.deadline())) {
      attempts.onUnanswered(draft);
    }
    return draft.step();
  }

  private void onBad(Draft draft, Signal signal, Instant now) {
    Track track = draft.track().goodSince(null);
    if (track.isOpen()) {
      draft.track(track);
      onStillBad(draft, signal, now);
      return;
    }
    Instant since = track.badSince() == null ? began(track, signal) : track.badSince();
    draft.track(track.badSince(since));
    if (Duration.between(since, signal.at()).compareTo(rule.badFor()) < 0) {
      draft.hold(Reason.PENDING);
      return;
    }
    draft.open(incident(signal, since), signal.summary());
    attempts.planIfAllowed(draft, signal, now);
  }

  /** An episode that a signal dates back to before the last resolve began after it. */
  private static Instant began(Track track, Signal signal) {
    boolean afterClose = track.closedAt() == null || signal.since().isAfter(track.closedAt());
    return afterClose ? signal.since() : signal.at();
  }

  private void onStillBad(Draft draft, Signal signal, Instant now) {
    if (draft.track().incident().getState() == IncidentState.MITIGATED) {
      if (!signal.at().isAfter(draft.track().heal().outcomeAt())) {
        // The responder's answer was read before the signals it answers; no relapse.
        draft.hold(Reason.BEFORE_HEAL_ENDED);
        return;
      }
      draft.change(
          IncidentEventKind.REOPENED,
          signal.at(),
          "bad again after the heal was verified: " + signal.summary(),
          incident -> describe(incident.setState(IncidentState.OPEN), signal));
    }
    reclassify(draft, signal);
    attempts.planIfAllowed(draft, signal, now);
    Incident incident = draft.track().incident();
    if (!draft.hasDecisions()
        && !incident.getEvidence().equals(signal.evidence())
        && !signal.at().isBefore(incident.getUpdatedAt().plus(UPDATE_EVERY))) {
      draft.change(
          IncidentEventKind.UPDATED,
          signal.at(),
          signal.summary(),
          changed -> describe(changed, signal));
    }
  }

  private void reclassify(Draft draft, Signal signal) {
    Incident incident = draft.track().incident();
    Classification now = Classification.of(rule, signal);
    int change = now.priority().compareTo(incident.getPriority());
    if (change != 0) {
      draft.change(
          change < 0 ? IncidentEventKind.PRIORITY_RAISED : IncidentEventKind.PRIORITY_LOWERED,
          signal.at(),
          now.reason(),
          changed ->
              describe(changed, signal)
                  .setPriority(now.priority())
                  .setPriorityReason(now.reason())
                  .setDueAt(now.dueAt(incident.getStartedAt())));
    }
  }

  private void onGood(Draft draft, Signal signal) {
    Track track = draft.track();
    if (track.isOpen()) {
      draft.track(track.goodSince() == null ? track.goodSince(signal.since()) : track);
      resolveIfClear(draft, signal.at());
    } else if (track.badSince() != null) {
      draft.track(track.badSince(null));
      draft.hold(Reason.RECOVERED_WHILE_PENDING);
    }
  }

  private void resolveIfClear(Draft draft, Instant lastGood) {
    Track track = draft.track();
    if (track.heal() != null && track.heal().isInFlight()) {
      draft.hold(Reason.HEAL_IN_FLIGHT);
      return;
    }
    if (track.goodSince() == null
        || Duration.between(track.goodSince(), lastGood).compareTo(rule.clearFor()) < 0) {
      draft.hold(Reason.CLEARING);
      return;
    }
    draft.change(
        IncidentEventKind.RESOLVED,
        lastGood,
        "good since " + track.goodSince(),
        incident ->
            incident.setState(IncidentState.RESOLVED).setResolvedAt(incident.getUpdatedAt()));
    draft.track(draft.track().closed());
  }

  private Incident incident(Signal signal, Instant startedAt) {
    Classification classification = Classification.of(rule, signal);
    return Incident.newBuilder()
        .setId(Ids.incident(rule, signal, startedAt))
        .setRule(rule.name())
        .setResourceId(signal.resourceId())
        .setService(signal.service())
        .setTier(signal.tier())
        .setState(IncidentState.OPEN)
        .setPriority(classification.priority())
        .setPriorityReason(classification.reason())
        .setSummary(signal.summary())
        .setEvidence(signal.evidence())
        .setStartedAt(startedAt)
        .setOpenedAt(signal.at())
        .setUpdatedAt(signal.at())
        .setDueAt(classification.dueAt(startedAt))
        .setVersion(1)
        .build();
  }

  private static Incident.Builder describe(Incident.Builder incident, Signal signal) {
    return incident.setSummary(signal.summary()).setEvidence(signal.evidence());
  }
}
