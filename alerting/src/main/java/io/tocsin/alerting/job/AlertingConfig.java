package io.tocsin.alerting.job;

import io.tocsin.alerting.rule.HealPolicy;
import io.tocsin.alerting.rule.Rule;
import io.tocsin.alerting.rule.SignalKind;
import java.io.Serializable;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What the alerting job is told.
 *
 * @param rules with unique names
 */
public record AlertingConfig(List<Rule> rules) implements Serializable {

  /**
   * Checks itself.
   *
   * @throws IllegalArgumentException if two rules have the same name: their incidents would too
   */
  public AlertingConfig {
    rules = List.copyOf(rules);
    Set<String> names = new HashSet<>();
    for (Rule rule : rules) {
      if (!names.add(rule.name())) {
        throw new IllegalArgumentException(
            "two rules are named " + rule.name() + ": rename one of them");
      }
    }
  }

  /**
   * The rules that are there without being asked for. An endpoint that is down, retries included,
   * is told of at once and counts as well again after {@code clearFor}; a bottleneck's waiting is
   * done where it is found.
   *
   * @param clearFor event time an endpoint must stay up before its incident is resolved
   * @param healPolicies what may be done about an endpoint that is down
   */
  public static AlertingConfig of(Duration clearFor, List<HealPolicy> healPolicies) {
    return new AlertingConfig(
        List.of(
            new Rule(
                "availability", SignalKind.HEALTH, Duration.ZERO, clearFor, null, healPolicies),
            new Rule(
                "bottleneck",
                SignalKind.BOTTLENECK,
                Duration.ZERO,
                Duration.ZERO,
                null,
                List.of())));
  }
}
