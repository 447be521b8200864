package io.tocsin.alerting.evaluate;

import io.tocsin.alerting.evaluate.Outcome.Held;
import io.tocsin.alerting.rules.Rule;
import io.tocsin.alerting.signal.Observation;
import io.tocsin.alerting.signal.SignalKind;
import io.tocsin.schemas.Resource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Judges all that is observed of one resource, and its silence, by all rules.
 *
 * <p>{@code for}, {@code clear-for}, ids and order go by event time, absence and the freshness of
 * health by the wall clock, as an outage is when event time stops. The same inputs give the same
 * alerts with the same ids; of inputs of one moment of event time the worst counts, whatever their
 * order. What is remembered is kept by the rule's name, so that an edited rule goes on where it
 * was.
 *
 * <p>Has no memory but the store; one evaluator serves all resources of a task. Not thread-safe if
 * its rules are not.
 */
public final class Evaluator {

  /** Series not heard of for this long make place for others where there are too many. */
  private static final Duration FORGET_AFTER = Duration.ofHours(1);

  /**
   * An expected resource is looked at this often at least, also where no rule minds its silence.
   */
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(30);

  private final RuleSource rules;
  private final EvaluationSettings settings;
  private final Episodes episodes;
  private final ObservationJudge judge;
  private final Absence absence;
  private final Instant settledAt;

  /**
   * An evaluator of these rules.
   *
   * @param startedAt wall-clock time of the start, from which it waits until it has settled
   */
  public Evaluator(
      RuleSource rules,
      Detectors detectors,
      Wording wording,
      EvaluationSettings settings,
      Instant startedAt) {
    this.rules = rules;
    this.settings = settings;
    this.episodes = new Episodes(wording);
    this.judge = new ObservationJudge(detectors, episodes, settings);
    this.settledAt = startedAt.plus(settings.settle());
    this.absence = new Absence(rules, episodes, settings, settledAt);
  }

  /** Something was observed. */
  public List<Outcome> onObservation(Observation seen, Instant now, EvaluationStore store) {
    List<Outcome> out = new ArrayList<>(2);
    if (seen.at().isAfter(now.plus(settings.mostAhead()))) {
      out.add(new Held("", Reason.FROM_THE_FUTURE));
      return out;
    }
    ResourceState resource = resource(store);
    if (resource.eventAt() == null || seen.at().isAfter(resource.eventAt())) {
      if (resource.missed()) {
        absence.heard(resource, now, store, out);
      }
      boolean missed = resource.missed() && absence.isMissed(resource, now, store);
      boolean first = resource.heardAt() == null;
      boolean wasMissed = resource.missed();
      resource = resource.heard(now, seen.at(), missed);
      if (resource.isExpected() && (first || wasMissed || !resource.isAwaited(now))) {
        resource = lookForSilence(resource, now, store, out);
      }
    }
    store.resource(judgeAll(seen, now, resource, store, out));
    return out;
  }

  /**
   * The inventory has changed.
   *
   * @param newest null if it no longer knows the resource; then all that was said of it ends
   */
  public List<Outcome> onResource(Resource newest, Instant now, EvaluationStore store) {
    List<Outcome> out = new ArrayList<>(2);
    ResourceState was = resource(store);
    if (newest == null) {
      for (String key : store.seriesKeys()) {
        SeriesState state = store.series(key);
        Rule rule = rules.byName(state.subject().rule());
        episodes.end(rule, state, now, "it is no longer in the inventory", out);
        store.series(key, null);
      }
      store.seenKeys().forEach(key -> store.seen(key, null));
      store.learntKeys().forEach(key -> store.learnt(key, null));
      store.resource(null);
      return out;
    }
    boolean expected = newest.getIntervalMs() > 0;
    Instant since = expected && was.registeredAt() != null ? was.registeredAt() : now;
    ResourceState state = was.inventory(newest, expected ? since : null);
    if (was.isExpected() && !expected) {
      endAbsence(now, store, out);
    }
    store.resource(lookForSilence(state, now, store, out));
    return out;
  }

  /**
   * The rules have changed. Whoever drives the evaluator calls this for each resource. Asks for no
   * timer, as none can be set where rules come by broadcast; an expected resource is looked at
   * often enough that a new rule on absence is late by {@code LOOK_AGAIN} at most.
   */
  public List<Outcome> onRules(Instant now, EvaluationStore store) {
    List<Outcome> out = new ArrayList<>(2);
    for (String key : store.seriesKeys()) {
      SeriesState state = store.series(key);
      Rule rule = rules.byName(state.subject().rule());
      if (rule == null) {
        episodes.end(null, state, now, "the rule was removed", out);
        store.series(key, null);
      } else if (!selects(rule, state.subject(), now)) {
        episodes.end(rule, state, now, "the rule no longer looks at it", out);
        store.series(key, null);
      }
    }
    for (String key : store.learntKeys()) {
      Rule rule = rules.byName(key.substring(0, key.indexOf('/')));
      if (rule == null || !Derivations.name(rule).equals(store.learnt(key).derivation())) {
        store.learnt(key, null);
      }
    }
    ResourceState resource = store.resource();
    if (resource != null) {
      absence.check(resource, now, store, out);
      store.resource(resource.missed(absence.isMissed(resource, now, store)));
    }
    return out;
  }

  /** Time has passed. Does no harm if nothing is due. */
  public List<Outcome> onTimer(Instant now, EvaluationStore store) {
    List<Outcome> out = new ArrayList<>(2);
    ResourceState resource = store.resource();
    if (resource == null) {
      return out;
    }
    resource = resource.timer(null);
    if (now.isBefore(settledAt)) {
      out.add(new Held("", Reason.SETTLING));
      store.resource(wake(resource, settledAt, now, store));
      return out;
    }
    Instant next = null;
    for (String key : store.seriesKeys()) {
      SeriesState state = store.series(key);
      Rule rule = rules.byName(state.subject().rule());
      Instant due = rule == null ? null : staleAt(state);
      if (due != null && !now.isBefore(due)) {
        store.series(key, episodes.silent(rule, state, out));
      } else {
        next = Absence.earlier(next, due);
      }
    }
    resource = lookForSilence(resource, now, store, out);
    resource = resource.missed(absence.isMissed(resource, now, store));
    store.resource(wake(resource, next, now, store));
    return out;
  }

  /** The key of a series under a rule; a rule's name has no slash. */
  static String key(Rule rule, String series) {
    return rule.name() + "/" + series;
  }

  private ResourceState judgeAll(
      Observation seen,
      Instant now,
      ResourceState resource,
      EvaluationStore store,
      List<Outcome> out) {
    String key = seen.kind().word() + "/" + seen.series();
    Seen known = null;
    ResourceState next = resource;
    for (Rule rule : rules.matching(seen)) {
      if (known == null) {
        Seen was = store.seen(key);
        next = was == null ? makeRoom(next, seen.at(), store) : next;
        if (next == null) {
          out.add(new Held(rule.name(), Reason.TOO_MANY_SERIES));
          return resource;
        }
        known = Seen.with(was, seen.at(), ObservationJudge.isFinal(seen));
        store.seen(key, known);
      }
      SeriesState state = judge.judge(rule, seen, known, now, store, out);
      next = state == null ? next : wake(next, staleAt(state), now, store);
    }
    return next;
  }

  private boolean selects(Rule rule, Subject subject, Instant at) {
    for (Rule matching : rules.matching(subject.asObservation(at))) {
      if (matching.name().equals(rule.name())) {
        return true;
      }
    }
    return false;
  }

  /** One series more; null if there is no room for it. */
  private ResourceState makeRoom(ResourceState resource, Instant at, EvaluationStore store) {
    int count = resource.series();
    if (count >= settings.mostSeries()) {
      for (String key : store.seenKeys()) {
        if (store.seen(key).at().isBefore(at.minus(FORGET_AFTER))) {
          store.seen(key, null);
          forgetLearnt(key.substring(key.indexOf('/')), store);
          count--;
        }
      }
    }
    return count >= settings.mostSeries() ? null : resource.series(count + 1);
  }

  private static void forgetLearnt(String series, EvaluationStore store) {
    for (String key : store.learntKeys()) {
      if (key.endsWith(series)) {
        store.learnt(key, null);
      }
    }
  }

  private void endAbsence(Instant now, EvaluationStore store, List<Outcome> out) {
    for (String key : store.seriesKeys()) {
      SeriesState state = store.series(key);
      if (state.subject().signal() == SignalKind.ABSENCE) {
        Rule rule = rules.byName(state.subject().rule());
        episodes.end(rule, state, now, "no reports are expected of it any more", out);
        store.series(key, null);
      }
    }
  }

  /** When silence makes it unknown; not before what came during a stop can have been read. */
  private Instant staleAt(SeriesState state) {
    Instant due = state.staleAt();
    if (due == null || !state.heardAt().isBefore(settledAt)) {
      return due;
    }
    Instant read = settledAt.plusMillis(state.freshForMs());
    return due.isBefore(read) ? read : due;
  }

  private static ResourceState resource(EvaluationStore store) {
    ResourceState known = store.resource();
    return known == null ? ResourceState.NEW : known;
  }

  private ResourceState lookForSilence(
      ResourceState resource, Instant now, EvaluationStore store, List<Outcome> out) {
    Instant due = absence.check(resource, now, store, out);
    if (due == null && resource.isExpected()) {
      due = now.plus(LOOK_AGAIN);
    }
    return wake(resource, due, now, store);
  }

  private static ResourceState wake(
      ResourceState resource, Instant at, Instant now, EvaluationStore store) {
    if (at == null || resource.isAwaited(now) && !at.isBefore(resource.timerAt())) {
      return resource;
    }
    store.timer(at);
    return resource.timer(at);
  }
}
