package io.tocsin.streams.policy;

import io.tocsin.schemas.Policy;
import io.tocsin.schemas.PolicyEffect;
import io.tocsin.schemas.PolicyRule;
import io.tocsin.schemas.SecurityEvent;
import java.util.List;
import java.util.Map;

/** A policy that can be used: its globs and conditions are checked. */
public final class CompiledPolicy {

  /** A rule with its globs and condition ready. */
  record CompiledRule(PolicyRule rule, Glob resource, Glob action, Condition condition) {

    Condition.Verdict of(SecurityEvent event, Map<String, Object> fields) {
      return resource.matches(event.getResourceId()) && action.matches(event.getAction())
          ? condition.of(fields)
          : new Condition.Verdict.HoldsNot();
    }

    String name() {
      return rule.getName();
    }

    PolicyEffect effect() {
      return rule.getEffect();
    }
  }

  private final Policy policy;
  private final List<CompiledRule> rules;

  CompiledPolicy(Policy policy, List<CompiledRule> rules) {
    this.policy = policy;
    this.rules = List.copyOf(rules);
  }

  /** The policy as it was written. */
  public Policy policy() {
    return policy;
  }

  List<CompiledRule> rules() {
    return rules;
  }
}
