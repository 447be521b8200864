package io.tocsin.alerting.evaluate;

import io.tocsin.alerting.evaluate.Outcome.Changed;
import io.tocsin.alerting.evaluate.Outcome.Held;
import io.tocsin.alerting.rules.Rule;
import io.tocsin.alerting.signal.Fields;
import io.tocsin.alerting.signal.SignalKind;
import io.tocsin.schemas.AlertState;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * Moves series on, and tells what people see of that: an alert wherever what is shown differs from
 * what was shown before. So whatever led there, what was told last is always how it stands.
 */
final class Episodes {

  private final Wording wording;

  Episodes(Wording wording) {
    this.wording = wording;
  }

  /** Where the series stands after a verdict. */
  SeriesState judge(Rule rule, SeriesState was, Judgement judgement, List<Outcome> out) {
    Verdict verdict = judgement.verdict();
    boolean same = judgement.at().equals(was.lastAt());
    if (was.lastAt() != null && judgement.at().isBefore(was.lastAt())) {
      out.add(new Held(rule.name(), Reason.OUT_OF_ORDER));
      return was;
    } else if (same && !judgement.replaces() && !verdict.isWorseThan(was.lastVerdict())) {
      out.add(new Held(rule.name(), Reason.REPEATED));
      return was;
    }
    Standing before = was.now();
    if (same) {
      before = was.before();
    } else if (judgement.afterSilence()) {
      before = was.now().afterSilence();
    }
    Standing now = Progress.next(rule, before, verdict, judgement.at(), judgement.since());
    SeriesState state = was.judged(rule.version(), judgement.at(), verdict, before, now);
    if (verdict != Verdict.UNKNOWN || was.heardAt() == null) {
      state = state.heard(judgement.now(), judgement.freshForMs(), judgement.watched());
    }
    if (verdict == Verdict.BAD) {
      state = found(rule, state, judgement.figures());
    }
    if (!tell(rule, was, state, judgement.at(), judgement.figures(), null, out)) {
      held(rule, state, out);
    }
    return state;
  }

  /** An episode that begins to fire for another reason than a verdict on one series. */
  SeriesState fire(
      Rule rule, SeriesState was, Instant since, Instant at, Fields figures, List<Outcome> out) {
    Standing firing = Standing.HEALTHY.firing(since, at);
    SeriesState state = was.judged(rule.version(), at, Verdict.BAD, Standing.HEALTHY, firing);
    state = found(rule, state, figures);
    tell(rule, was, state, at, figures, null, out);
    return state;
  }

  /** Nobody has said anything of it for too long. */
  SeriesState silent(Rule rule, SeriesState was, List<Outcome> out) {
    SeriesState state = was.unknown(was.lastAt());
    String line = was.subject().resourceId() + ": nothing is known of it since " + was.lastAt();
    // Dated by the newest evidence: what comes late all the same is newer than this word.
    tell(rule, was, state, was.lastAt(), Fields.NONE, line, out);
    return state;
  }

  /**
   * Changes where it stands on other grounds than a new verdict.
   *
   * @param reason why, in words
   */
  SeriesState revise(
      Rule rule, SeriesState was, Standing now, Instant at, String reason, List<Outcome> out) {
    SeriesState state = was.judged(rule.version(), was.lastAt(), was.lastVerdict(), now, now);
    String line = was.subject().resourceId() + ": " + reason;
    tell(rule, was, state, at, name -> "why".equals(name) ? reason : null, line, out);
    return state;
  }

  /**
   * Ends what is shown, for a reason that is none of the series' own.
   *
   * @param rule null if it is gone
   */
  void end(Rule rule, SeriesState was, Instant at, String reason, List<Outcome> out) {
    Standing.Shown shown = was.shown();
    if (shown != null) {
      out.add(
          new Changed(
              rule == null
                  ? Alerts.orphan(was, shown.since(), at, reason)
                  : Alerts.of(
                      rule, was, AlertState.CLEARED, shown.since(), at, reason, List.of(reason))));
    }
  }

  private boolean tell(
      Rule rule,
      SeriesState was,
      SeriesState state,
      Instant at,
      Fields figures,
      String line,
      List<Outcome> out) {
    Standing.Shown before = was.shown();
    Standing.Shown now = state.shown();
    boolean edited =
        now != null
            && now.state() != AlertState.PENDING
            && now.state() != AlertState.UNKNOWN
            && !rule.version().equals(was.version());
    if (Objects.equals(before, now) && !edited) {
      return false;
    }
    String summary =
        line == null ? wording.summary(rule, state.subject(), state.subject().with(figures)) : line;
    List<String> evidence = Evidence.of(rule, was, state, figures);
    if (before != null && (now == null || !now.since().equals(before.since()))) {
      out.add(
          new Changed(
              Alerts.of(rule, state, AlertState.CLEARED, before.since(), at, summary, evidence)));
    }
    if (now != null) {
      out.add(new Changed(Alerts.of(rule, state, now.state(), now.since(), at, summary, evidence)));
    }
    return true;
  }

  private static SeriesState found(Rule rule, SeriesState state, Fields figures) {
    String field = rule.when().field();
    double value = field.isEmpty() ? Double.NaN : figures.number(field);
    boolean security = state.subject().signal() == SignalKind.SECURITY;
    return state.found(
        Double.isNaN(value) ? null : value,
        security && figures.get("severity") instanceof String severity ? severity : null,
        state.subject().signal() == SignalKind.ABSENCE
            || state.subject().signal() == SignalKind.HEALTH
                && Boolean.FALSE.equals(figures.get("up")));
  }

  private static void held(Rule rule, SeriesState state, List<Outcome> out) {
    Reason reason = reason(state);
    if (reason != null) {
      out.add(new Held(rule.name(), reason));
    }
  }

  /** Why nothing new is shown; null if all is well. */
  private static Reason reason(SeriesState state) {
    Standing now = state.now();
    if (state.lastVerdict() == Verdict.UNKNOWN) {
      return Reason.UNKNOWN;
    } else if (now.flappingSince() != null) {
      return Reason.FLAPPING;
    } else if (now.phase() == Phase.HEALTHY) {
      return null;
    } else if (state.lastVerdict() == Verdict.BETWEEN) {
      return Reason.BETWEEN_THRESHOLDS;
    } else if (now.phase() == Phase.PENDING) {
      return Reason.PENDING;
    }
    return state.lastVerdict() == Verdict.BAD ? Reason.STILL_BAD : Reason.CLEARING;
  }
}
