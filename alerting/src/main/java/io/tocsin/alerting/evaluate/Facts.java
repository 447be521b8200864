package io.tocsin.alerting.evaluate;

import io.tocsin.alerting.rules.Derivation;
import io.tocsin.alerting.rules.Rule;
import io.tocsin.alerting.signal.Observation;
import java.time.Instant;

/** Takes from observations what rules compare between resources. */
final class Facts {

  /** Observations that name no window are compared within as long a time. */
  private static final long WINDOW_MS = 10_000;

  /** Label of an observation that knows both ends of a call: id of the calling end. */
  static final String CALLER = "caller";

  /** What the name of the called end's figure begins with, in such an observation. */
  static final String CALLEE = "callee_";

  private Facts() {}

  static Outcome of(Rule rule, Derivation.Difference difference, Observation seen) {
    double value = seen.fields().number(difference.field());
    if (!Double.isFinite(value)) {
      return new Outcome.Held(rule.name(), Reason.NO_FIGURE);
    }
    double callee = seen.fields().number(CALLEE + difference.field());
    boolean isCall = Double.isFinite(callee) && seen.labels().containsKey(CALLER);
    double seconds = seen.fields().number("window_seconds");
    long window = seconds > 0 ? Math.round(seconds * 1_000) : WINDOW_MS;
    long begin = Math.floorDiv(seen.at().toEpochMilli(), window) * window;
    return new Outcome.Fact(
        rule.name(),
        seen.resourceId(),
        seen.resourceKind(),
        seen.series(),
        seen.service(),
        seen.tier(),
        Instant.ofEpochMilli(begin),
        value,
        isCall ? seen.labels().get(CALLER) : null,
        isCall ? callee : null);
  }
}
