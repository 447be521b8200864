package io.tocsin.alerting.rule;

import io.tocsin.schemas.Priority;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * When to open an incident and when to resolve it.
 *
 * <p>Both waits are of event time and are looked at when a signal arrives, not by a timer. Signals
 * of a resource arrive every interval, so the wait ends at most one interval late; and a resource
 * that falls silent is neither called bad nor good by the mere passing of time.
 *
 * @param name unique; goes into incident ids, so a renamed rule opens new incidents
 * @param signal what it listens to
 * @param badFor how long the signal must stay bad before an incident opens; 0 opens at the first
 * @param clearFor how long it must stay good before the incident is resolved; 0 resolves at the
 *     first
 * @param fixedPriority priority of its incidents; null to classify each by {@link Classification}
 * @param healPolicies what may be done about it; the first that covers the resource holds
 */
public record Rule(
    String name,
    SignalKind signal,
    Duration badFor,
    Duration clearFor,
    Priority fixedPriority,
    List<HealPolicy> healPolicies)
    implements Serializable {

  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,62}");

  /**
   * Checks itself.
   *
   * @throws IllegalArgumentException if the name or a duration makes no sense
   */
  public Rule {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "rule name \"" + name + "\" must match " + NAME + ": rename the rule");
    }
    if (badFor.isNegative() || clearFor.isNegative()) {
      throw new IllegalArgumentException("rule " + name + ": durations must not be negative");
    }
    healPolicies = List.copyOf(healPolicies);
  }

  /** The policy for a resource, if there is one. */
  public Optional<HealPolicy> healPolicy(String resourceId, String service) {
    return healPolicies.stream().filter(policy -> policy.covers(resourceId, service)).findFirst();
  }
}
