package io.tocsin.alerting.rules;

import io.tocsin.alerting.signal.SignalKind;
import io.tocsin.schemas.Layer;
import io.tocsin.schemas.Priority;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * When to alert, and when that is over. Checked and compiled; made from a {@code RuleText} only.
 *
 * @param name unique; goes into the ids of alerts and incidents, so a renamed rule begins anew
 * @param version made from its text: the same rule has the same version
 * @param shadowOf the rule it is compared with; null for one that is live
 * @param signal what it listens to
 * @param select which of that
 * @param derivation what it works out first
 * @param when it is bad while this holds
 * @param holdFor event time it must be bad without a break before it fires; 0 fires at the first
 * @param clear it is good while this holds; null for the contrary of {@code when}
 * @param clearFor event time it must be good without a break before it clears; 0 at the first
 * @param clearShare the same as a share of how long it was bad, at most a day; 0 for no more than
 *     {@code clearFor}. What was ill for a day is not well after a minute: damps flapping without a
 *     time of its own
 * @param priority null to classify by the mission's table
 * @param layer which layer its cause lies in
 * @param summary a line for people, with {@code {field}} for figures; see {@code SummaryTemplate}
 * @param runbook where to read what to do; null if nowhere
 * @param labels for routing and silences
 * @param heal names of actions that may be tried, first tried first
 */
public record Rule(
    String name,
    String version,
    String shadowOf,
    SignalKind signal,
    Selector select,
    Derivation derivation,
    Condition when,
    Duration holdFor,
    Condition clear,
    Duration clearFor,
    double clearShare,
    Priority priority,
    Layer layer,
    String summary,
    String runbook,
    Map<String, String> labels,
    List<String> heal) {

  /** Nothing has to be good for longer than this because it was bad for long; ours. */
  private static final Duration MOST_CLEAR = Duration.ofDays(1);

  /** Copies what it is given. */
  public Rule {
    labels = Map.copyOf(labels);
    heal = List.copyOf(heal);
  }

  /** Event time it must be good before it clears, after it was bad for so long. */
  public Duration clearAfter(Duration lasted) {
    if (clearShare == 0) {
      return clearFor;
    }
    long share = Math.min(MOST_CLEAR.toMillis(), Math.round(lasted.toMillis() * clearShare));
    return Duration.ofMillis(Math.max(clearFor.toMillis(), share));
  }

  /** Whether it only runs to be compared. */
  public boolean isShadow() {
    return shadowOf != null;
  }
}
