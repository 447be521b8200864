package io.tocsin.alerting.evaluate;

import io.tocsin.alerting.rules.Derivation;
import io.tocsin.alerting.rules.Rule;
import io.tocsin.alerting.signal.Fields;
import io.tocsin.alerting.signal.Observation;
import java.time.Instant;

/** Works out what a rule wants to know beside the figures of an observation. */
final class Derivations {

  private final Detectors detectors;

  Derivations(Detectors detectors) {
    this.detectors = detectors;
  }

  /**
   * What was worked out.
   *
   * @param figures those of the observation, and what was derived
   * @param learnt to be remembered; null if nothing is learnt
   */
  record Derived(Fields figures, Learnt learnt) {}

  /** Whether it learns from what it sees, and so must see nothing twice. */
  static boolean learns(Rule rule) {
    return !(rule.derivation() instanceof Derivation.None);
  }

  /** What the rule's derivation is called, in memory. A change of anything else keeps it. */
  static String name(Rule rule) {
    return rule.derivation().toString();
  }

  Derived of(Rule rule, Observation seen, Learnt known) {
    if (!learns(rule)) {
      return new Derived(seen.fields(), null);
    }
    Learnt was = Learnt.of(known, name(rule));
    if (rule.derivation() instanceof Derivation.Rate rate) {
      return detect(detectors.rate(rate.over()), rate.field(), seen, was);
    } else if (rule.derivation() instanceof Derivation.Baseline baseline) {
      return detect(detectors.baseline(baseline.seasonal()), baseline.field(), seen, was);
    } else if (rule.derivation() instanceof Derivation.BurnRate burn) {
      return burn(burn, seen, was);
    }
    return new Derived(seen.fields(), null);
  }

  private Derived detect(Detector detector, String field, Observation seen, Learnt was) {
    double value = seen.fields().number(field);
    if (!Double.isFinite(value)) {
      return new Derived(seen.fields(), was);
    }
    Learnt next = was.atLeast(value, 0);
    if (was.isNewer(seen.at())) {
      Memory past =
          was.at() == null ? null : detector.judge(was.memory(), was.at(), was.value()).memory();
      next = was.newest(seen.at(), value, 0, past, null);
    }
    Fields derived = detector.judge(next.memory(), next.at(), next.value()).figures();
    return new Derived(over(derived, seen.fields()), next);
  }

  private Derived burn(Derivation.BurnRate rule, Observation seen, Learnt was) {
    BurnRate burnRate = new BurnRate(rule);
    double bad = seen.fields().number(rule.bad());
    double total = seen.fields().number(rule.total());
    Learnt next = was;
    if (Double.isFinite(bad) && Double.isFinite(total) && bad >= 0 && total >= 0) {
      next = was.atLeast(bad, total);
      if (was.isNewer(seen.at())) {
        next = was.newest(seen.at(), bad, total, null, counts(burnRate, was));
      }
    }
    if (next.at() == null) {
      return new Derived(seen.fields(), next);
    }
    Instant at = seen.at();
    return new Derived(over(burnRate.figures(counts(burnRate, next), at), seen.fields()), next);
  }

  private static BurnState counts(BurnRate burnRate, Learnt known) {
    BurnState before = known.burn() == null ? burnRate.empty() : known.burn();
    return known.at() == null
        ? before
        : burnRate.with(before, known.at(), known.value(), known.other());
  }

  /** Derived figures first, the observation's own behind them. */
  static Fields over(Fields derived, Fields own) {
    return name -> {
      Object figure = derived.get(name);
      return figure == null ? own.get(name) : figure;
    };
  }
}
