package io.tocsin.alerting.evaluate;

import io.tocsin.alerting.rules.Derivation;
import io.tocsin.alerting.rules.Rule;
import io.tocsin.alerting.signal.Fields;
import io.tocsin.alerting.signal.Observation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Notices that an expected resource says nothing. Goes by the wall clock: when all producers stop,
 * event time stops too.
 *
 * <p>A resource is missed once one interval more than the rule allows has passed since its last
 * sign of life, or since it was registered if there never was one. Any observation that is newer
 * than all before it is a sign of life; the last word of a window that closes after its resource
 * has died is not. Shortly after a start nothing is missed: what came meanwhile has to be read
 * first.
 */
final class Absence {

  private final RuleSource rules;
  private final Episodes episodes;
  private final EvaluationSettings settings;
  private final Instant settledAt;

  Absence(RuleSource rules, Episodes episodes, EvaluationSettings settings, Instant settledAt) {
    this.rules = rules;
    this.episodes = episodes;
    this.settings = settings;
    this.settledAt = settledAt;
  }

  /** The resource has given a sign of life. */
  void heard(ResourceState resource, Instant now, EvaluationStore store, List<Outcome> out) {
    for (Rule rule : rules.matching(silence(resource, now))) {
      SeriesState was = store.series(key(rule));
      if (was != null) {
        Judgement good = Judgement.of(Verdict.GOOD, now, now, Fields.NONE, now);
        put(store, rule, episodes.judge(rule, was, good, out));
      }
    }
  }

  /**
   * Time has passed.
   *
   * @return when to look again; null if that is not necessary
   */
  Instant check(ResourceState resource, Instant now, EvaluationStore store, List<Outcome> out) {
    if (!resource.isExpected()) {
      return null;
    }
    Instant next = null;
    for (Rule rule : rules.matching(silence(resource, now))) {
      next = earlier(next, check(rule, resource, now, store, out));
    }
    return next;
  }

  /** Whether a rule misses the resource. */
  boolean isMissed(ResourceState resource, Instant now, EvaluationStore store) {
    if (!resource.isExpected()) {
      return false;
    }
    for (Rule rule : rules.matching(silence(resource, now))) {
      if (store.series(key(rule)) != null) {
        return true;
      }
    }
    return false;
  }

  private Instant check(
      Rule rule, ResourceState resource, Instant now, EvaluationStore store, List<Outcome> out) {
    long interval = resource.inventory().getIntervalMs();
    long slack = Math.min(settings.slack().toMillis(), interval / 2);
    Instant base =
        resource.heardAt() == null
            ? resource.registeredAt().plus(settings.registration())
            : resource.heardAt();
    Instant due = base.plusMillis((allowed(rule) + 1) * interval + slack);
    Instant read = settledAt.plusMillis(interval + slack);
    if (base.isBefore(settledAt) && due.isBefore(read)) {
      due = read;
    }
    if (now.isBefore(due)) {
      return due;
    }
    long missed = (Duration.between(base, now).toMillis() - slack) / interval;
    SeriesState was = store.series(key(rule));
    Observation silence = silence(resource, now);
    Subject subject = Subject.of(rule, silence);
    Fields figures = subject.with(figures(resource, now, missed));
    Verdict verdict = Verdict.of(rule, figures);
    SeriesState state = was;
    if (was != null || verdict == Verdict.BAD) {
      was = was == null ? SeriesState.of(subject, rule.version()) : was;
      state =
          episodes.judge(rule, was, Judgement.of(verdict, now, silence.since(), figures, now), out);
      put(store, rule, state);
    }
    boolean settled = state != null && state.now().isFiring();
    return settled ? null : base.plusMillis((missed + 1) * interval + slack);
  }

  private static int allowed(Rule rule) {
    return rule.derivation() instanceof Derivation.Absence absence ? absence.intervals() : 0;
  }

  private static Fields figures(ResourceState resource, Instant now, long missed) {
    boolean never = resource.heardAt() == null;
    Instant from = never ? resource.registeredAt() : resource.heardAt();
    double silent = Duration.between(from, now).toMillis() / 1_000.0;
    return name ->
        switch (name) {
          case "silent_seconds" -> silent;
          case "missed" -> (double) missed;
          case "never_seen" -> never;
          default -> null;
        };
  }

  private static Observation silence(ResourceState resource, Instant now) {
    Instant since =
        resource.eventAt() == null ? resource.inventory().getUpdatedAt() : resource.eventAt();
    return Subject.silence(resource.inventory(), now, since.isAfter(now) ? now : since);
  }

  private static String key(Rule rule) {
    return Evaluator.key(rule, "");
  }

  private static void put(EvaluationStore store, Rule rule, SeriesState state) {
    store.series(key(rule), state.isIdle() ? null : state);
  }

  static Instant earlier(Instant a, Instant b) {
    if (a == null || b == null) {
      return a == null ? b : a;
    }
    return a.isBefore(b) ? a : b;
  }
}
