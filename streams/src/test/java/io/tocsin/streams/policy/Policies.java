package io.tocsin.streams.policy;

import io.tocsin.schemas.Policy;
import io.tocsin.schemas.PolicyEffect;
import io.tocsin.schemas.PolicyRule;
import io.tocsin.schemas.Severity;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Policies in few words. */
public final class Policies {

  private Policies() {}

  public static PolicyRule rule(
      String name, String resource, String action, PolicyEffect effect, String condition) {
    return PolicyRule.newBuilder()
        .setName(name)
        .setResource(resource)
        .setAction(action)
        .setEffect(effect)
        .setCondition(condition)
        .setSeverity(Severity.UNSPECIFIED)
        .build();
  }

  /** A rule for every resource, called as what it does. */
  public static PolicyRule rule(PolicyEffect effect, String action) {
    return rule(effect + "-" + action, "*", action, effect, "");
  }

  public static Policy policy(String id, int order, PolicyRule... rules) {
    return Policy.newBuilder()
        .setId(id)
        .setVersion(1)
        .setOrder(order)
        .setRules(Arrays.asList(rules))
        .build();
  }

  public static CompiledPolicy compiled(Policy policy) {
    return ((PolicyCompiler.Compilation.Compiled) PolicyCompiler.compile(policy)).policy();
  }

  public static PolicySet set(Policy... policies) {
    return new PolicySet(
        Stream.of(policies).map(Policies::compiled).toList(), DefaultSeverities.STANDARD);
  }

  static List<String> problems(Policy policy) {
    return ((PolicyCompiler.Compilation.Refused) PolicyCompiler.compile(policy))
        .problems().stream().map(PolicyProblem::toString).toList();
  }
}
