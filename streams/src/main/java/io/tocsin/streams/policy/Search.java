package io.tocsin.streams.policy;

import io.tocsin.schemas.Policy;
import io.tocsin.schemas.PolicyEffect;
import io.tocsin.schemas.PolicyTrouble;
import io.tocsin.schemas.SecurityEvent;
import io.tocsin.schemas.Severity;
import io.tocsin.schemas.Violation;
import java.util.ArrayList;
import java.util.List;

/** The search for the rule that decides one event. */
final class Search {

  /** Most audits recorded of one event. */
  static final int AUDITS = 20;

  private static final int TROUBLES = 10;

  private final SecurityEvent event;
  private final DefaultSeverities severities;
  private final List<Violation> violations = new ArrayList<>();
  private final List<PolicyTrouble> troubles = new ArrayList<>();
  private int auditsLeftOut;
  private Decision decision;

  Search(SecurityEvent event, DefaultSeverities severities) {
    this.event = event;
    this.severities = severities;
  }

  /** Takes what the next rule says; true if it decides. */
  boolean ends(Policy policy, CompiledPolicy.CompiledRule rule, Condition.Verdict verdict) {
    if (verdict instanceof Condition.Verdict.HoldsNot) {
      return false;
    }
    String failure = "";
    if (verdict instanceof Condition.Verdict.Failed failed) {
      trouble(policy, rule, failed.why());
      if (rule.effect() == PolicyEffect.ALLOW) {
        return false;
      }
      failure = "; its condition failed, which counts as a match: " + failed.why();
    }
    return switch (rule.effect()) {
      case ALLOW -> {
        decision =
            new Decision.Allowed(policy.getId(), rule.name(), reason(policy, rule, "allows"));
        yield true;
      }
      case DENY -> {
        String reason = reason(policy, rule, "denies") + failure;
        decision = new Decision.Denied(policy.getId(), rule.name(), reason);
        violations.add(violation(policy, rule, reason));
        yield true;
      }
      case AUDIT -> {
        audit(violation(policy, rule, reason(policy, rule, "records") + failure));
        yield false;
      }
      case UNSPECIFIED -> false;
    };
  }

  /** No rule decided. */
  Judgement undecided(int policies) {
    String reason =
        "no rule of %s allows %s of %s (default deny)"
            .formatted(
                policies == 1 ? "the one policy" : "the " + policies + " policies",
                event.getAction(),
                event.getResourceId());
    decision = new Decision.Denied(null, null, reason);
    Severity severity = severities.of(event.getAction());
    violations.add(Violations.of(event, null, null, PolicyEffect.DENY, severity, reason));
    return judgement();
  }

  Judgement judgement() {
    return new Judgement(decision, violations, troubles, auditsLeftOut);
  }

  private void audit(Violation violation) {
    if (violations.size() < AUDITS) {
      violations.add(violation);
    } else {
      auditsLeftOut++;
    }
  }

  private void trouble(Policy policy, CompiledPolicy.CompiledRule rule, String why) {
    if (troubles.size() < TROUBLES) {
      troubles.add(
          new PolicyTrouble(
              policy.getId(),
              event.getAt(),
              "the condition of its rule " + rule.name() + " failed: " + why));
    }
  }

  private Violation violation(Policy policy, CompiledPolicy.CompiledRule rule, String reason) {
    Severity own = rule.rule().getSeverity();
    Severity severity = own == Severity.UNSPECIFIED ? severities.of(event.getAction()) : own;
    return Violations.of(event, policy, rule.name(), rule.effect(), severity, reason);
  }

  private String reason(Policy policy, CompiledPolicy.CompiledRule rule, String does) {
    return "rule %s of policy %s %s %s of %s"
        .formatted(rule.name(), policy.getId(), does, event.getAction(), event.getResourceId());
  }
}
