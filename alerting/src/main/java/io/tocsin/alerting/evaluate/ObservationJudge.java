package io.tocsin.alerting.evaluate;

import io.tocsin.alerting.evaluate.Outcome.Held;
import io.tocsin.alerting.rules.Derivation;
import io.tocsin.alerting.rules.Rule;
import io.tocsin.alerting.signal.Observation;
import java.time.Instant;
import java.util.List;

/**
 * Judges one observation by one rule.
 *
 * <p>What learns, and what asks for final windows, sees each window once, when it is final; the
 * next one may be open already, so final ones have an order of their own.
 */
final class ObservationJudge {

  private final Derivations derivations;
  private final Episodes episodes;
  private final LateEvidence lateEvidence;
  private final EvaluationSettings settings;

  ObservationJudge(Detectors detectors, Episodes episodes, EvaluationSettings settings) {
    this.derivations = new Derivations(detectors);
    this.episodes = episodes;
    this.lateEvidence = new LateEvidence(episodes);
    this.settings = settings;
  }

  /**
   * Judges an observation by one rule.
   *
   * @param known when observations of its series came, with this one
   * @return what may have to be woken for; null if nothing
   */
  SeriesState judge(
      Rule rule,
      Observation seen,
      Seen known,
      Instant now,
      EvaluationStore store,
      List<Outcome> out) {
    if (rule.derivation() instanceof Derivation.Sequence) {
      return null;
    }
    boolean finalOnly =
        Derivations.learns(rule) || "true".equals(rule.select().labels().get("final"));
    if (finalOnly && !isFinal(seen)) {
      out.add(new Held(rule.name(), Reason.NOT_FINAL));
      return null;
    }
    if (rule.derivation() instanceof Derivation.Difference difference) {
      out.add(Facts.of(rule, difference, seen));
      return null;
    }
    // Of most resources nothing is remembered, and many rules ask: no key is made in vain.
    boolean isKnown = Derivations.learns(rule) || store.hasSeries();
    String key = isKnown ? Evaluator.key(rule, seen.series()) : null;
    SeriesState was = isKnown ? store.series(key) : null;
    if (seen.at().isBefore(finalOnly ? known.finalAt() : known.at())) {
      return late(rule, was, seen, key, store, out);
    }
    Learnt learnt = Derivations.learns(rule) ? store.learnt(key) : null;
    Derivations.Derived derived = derivations.of(rule, seen, learnt);
    if (derived.learnt() != null) {
      store.learnt(key, derived.learnt());
    }
    Verdict verdict = Verdict.of(rule, derived.figures());
    boolean watched = seen.freshForMs() > 0 && isAboutHealth(rule);
    if (was == null && verdict != Verdict.BAD && !watched) {
      if (verdict == Verdict.UNKNOWN) {
        out.add(new Held(rule.name(), Reason.UNKNOWN));
      }
      return null;
    }
    key = key == null ? Evaluator.key(rule, seen.series()) : key;
    Subject subject = Subject.of(rule, seen);
    was = was == null ? SeriesState.of(subject, rule.version()) : was.about(subject);
    Judgement judgement =
        new Judgement(
            verdict,
            seen.at(),
            began(seen, known),
            known.afterSilence(seen.freshForMs(), settings),
            freshFor(seen, known),
            watched,
            derived.figures(),
            now,
            false);
    SeriesState state = episodes.judge(rule, was, judgement, out);
    store.series(key, state.isIdle() ? null : state);
    return state;
  }

  private SeriesState late(
      Rule rule,
      SeriesState was,
      Observation seen,
      String key,
      EvaluationStore store,
      List<Outcome> out) {
    if (was == null || Derivations.learns(rule) || seen.labels().containsKey("final")) {
      out.add(new Held(rule.name(), Reason.OUT_OF_ORDER));
      return null;
    }
    Verdict verdict = Verdict.of(rule, seen.fields());
    SeriesState state = lateEvidence.judge(rule, was, verdict, seen.at(), out);
    store.series(key, state.isIdle() ? null : state);
    return null;
  }

  /**
   * How long an observation speaks for its series, in milliseconds; 0 if until the next. Figures
   * that come regularly are known to be missing; events are not.
   */
  private long freshFor(Observation seen, Seen known) {
    if (seen.freshForMs() > 0) {
      return seen.freshForMs();
    }
    boolean isRegular =
        switch (seen.kind()) {
          case EFFICIENCY, LATENCY, THROUGHPUT, APPLICATION, BUSINESS -> known.gapMs() > 0;
          case BOTTLENECK, HEALTH, SECURITY, ABSENCE -> false;
        };
    long usual = Math.max(known.gapMs(), known.usualGapMs());
    return isRegular ? Math.max(settings.unheard().toMillis(), settings.missed() * usual) : 0;
  }

  /**
   * Whether it would be silent about a silent endpoint's being up; others are as if all is well.
   */
  private static boolean isAboutHealth(Rule rule) {
    String field = rule.when().field();
    return field.equals("up") || field.equals("health");
  }

  /** What an observation dates back to before the one before it began after that. */
  private static Instant began(Observation seen, Seen known) {
    boolean plausible =
        seen.since().isBefore(seen.at())
            && (known.previous() == null || seen.since().isAfter(known.previous()));
    return plausible ? seen.since() : seen.at();
  }

  /** Windows that may still change say so in a label; all else is final. */
  static boolean isFinal(Observation seen) {
    return !"false".equals(seen.labels().get("final"));
  }
}
