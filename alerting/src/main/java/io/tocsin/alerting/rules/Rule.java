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
    Priority priority,
    Layer layer,
    String summary,
    String runbook,
    Map<String, String> labels,
    List<String> heal) {

  /** Copies what it is given. */
  public Rule {
    labels = Map.copyOf(labels);
    heal = List.copyOf(heal);
  }

  /** Whether it only runs to be compared. */
  public boolean isShadow() {
    return shadowOf != null;
  }
}
