package io.tocsin.server.security;

import io.tocsin.schemas.Policy;
import io.tocsin.schemas.PolicyRule;
import io.tocsin.schemas.Severity;
import java.util.List;

/**
 * A policy as the API shows it: as it stands on the topic. One that the streams refused is listed
 * among the troubles of the security report.
 */
public record PolicyView(
    String id, int version, boolean enabled, int order, String description, List<Rule> rules) {

  /** A rule; {@code severity} is null where it is that of the action. */
  public record Rule(
      String name,
      String resource,
      String action,
      String condition,
      String effect,
      String severity) {

    static Rule of(PolicyRule rule) {
      return new Rule(
          rule.getName(),
          rule.getResource(),
          rule.getAction(),
          rule.getCondition(),
          rule.getEffect().name(),
          rule.getSeverity() == Severity.UNSPECIFIED ? null : rule.getSeverity().name());
    }
  }

  static PolicyView of(Policy policy) {
    return new PolicyView(
        policy.getId(),
        policy.getVersion(),
        policy.getEnabled(),
        policy.getOrder(),
        policy.getDescription(),
        policy.getRules().stream().map(Rule::of).toList());
  }
}
