package io.tocsin.alerting.evaluate;

import io.tocsin.alerting.rules.Derivation;
import io.tocsin.alerting.rules.Rule;
import io.tocsin.alerting.signal.Observation;
import java.time.Instant;

/** Takes from observations what rules compare between resources. */
final class Facts {

  /** Observations that name no window are compared within as long a time. */
  private static final long WINDOW_MS = 10_000;

  private Facts() {}

  static Outcome of(Rule rule, Derivation.Difference difference, Observation seen) {
    double value = seen.fields().number(difference.field());
    if (!Double.isFinite(value)) {
      return new Outcome.Held(rule.name(), Reason.NO_FIGURE);
    }
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
        value);
  }
}
