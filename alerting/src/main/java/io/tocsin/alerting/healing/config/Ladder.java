package io.tocsin.alerting.healing.config;

import io.tocsin.alerting.glob.Glob;
import java.io.Serializable;
import java.util.List;

/**
 * What is tried one after the other until it helps, for rules that do not say it themselves; the
 * end is always a person. Of several that match, the first one counts.
 *
 * @param name what people call it
 * @param services globs over the service in trouble; all if empty
 * @param rules globs over the name of the rule that alerts; all if empty
 * @param steps names of actions, first tried first; those that do not cover the target are passed
 *     over
 */
public record Ladder(String name, List<String> services, List<String> rules, List<String> steps)
    implements Serializable {

  /**
   * Fills in the defaults.
   *
   * @throws IllegalArgumentException if it has no name or no steps
   */
  public Ladder {
    services = services == null ? List.of() : List.copyOf(services);
    rules = rules == null ? List.of() : List.copyOf(rules);
    if (name == null || name.isBlank()) {
      throw new IllegalArgumentException("a ladder needs a name");
    }
    if (steps == null || steps.isEmpty()) {
      throw new IllegalArgumentException("ladder '" + name + "' has no steps");
    }
    steps = List.copyOf(steps);
  }

  /** Whether it is meant for a rule's word on a service; the empty name for a resource of none. */
  public boolean covers(String rule, String service) {
    return (rules.isEmpty() || Glob.any(rules, rule))
        && (services.isEmpty() || Glob.any(services, service));
  }
}
