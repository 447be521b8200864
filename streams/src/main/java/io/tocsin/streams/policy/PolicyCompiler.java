package io.tocsin.streams.policy;

import io.tocsin.schemas.Policy;
import io.tocsin.schemas.PolicyEffect;
import io.tocsin.schemas.PolicyRule;
import io.tocsin.schemas.Severity;
import io.tocsin.streams.policy.CompiledPolicy.CompiledRule;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Makes a policy ready for use, or says all that is wrong with it. A policy is taken whole or not
 * at all: half of one would allow what its author meant to deny.
 */
public final class PolicyCompiler {

  /** Most rules of a policy. */
  static final int RULES = 500;

  private static final int LONGEST_GLOB = 500;
  private static final int LONGEST_NAME = 100;
  private static final int LONGEST_DESCRIPTION = 1_000;
  private static final String ID = "[a-z0-9][a-z0-9._-]{0,62}";

  /** A compiled policy, or why there is none. */
  public sealed interface Compilation {
    /** It can be used. */
    record Compiled(CompiledPolicy policy) implements Compilation {}

    /** It cannot; {@code problems} are all that is wrong with it. */
    record Refused(List<PolicyProblem> problems) implements Compilation {}
  }

  private final List<PolicyProblem> problems = new ArrayList<>();
  private final List<CompiledRule> rules = new ArrayList<>();
  private final Set<String> names = new HashSet<>();

  private PolicyCompiler() {}

  /** Compiles a policy. */
  public static Compilation compile(Policy policy) {
    PolicyCompiler compiler = new PolicyCompiler();
    compiler.head(policy);
    for (int i = 0; i < Math.min(RULES, policy.getRules().size()); i++) {
      compiler.rule("/rules/" + i, policy.getRules().get(i));
    }
    return compiler.problems.isEmpty()
        ? new Compilation.Compiled(new CompiledPolicy(policy, compiler.rules))
        : new Compilation.Refused(List.copyOf(compiler.problems));
  }

  private void head(Policy policy) {
    if (!policy.getId().matches(ID)) {
      problem(
          "/id",
          "is no id; use up to 63 of a-z, 0-9, dot, underscore and hyphen, letter or digit first");
    }
    if (policy.getDescription().length() > LONGEST_DESCRIPTION) {
      problem("/description", "is too long; " + LONGEST_DESCRIPTION + " characters are allowed");
    }
    if (policy.getRules().isEmpty()) {
      problem("/rules", "are missing; a policy without rules decides nothing");
    }
    if (policy.getRules().size() > RULES) {
      problem("/rules", "are too many; " + RULES + " are allowed in one policy");
    }
  }

  private void rule(String at, PolicyRule rule) {
    if (rule.getName().isBlank() || rule.getName().length() > LONGEST_NAME) {
      problem(at + "/name", "needs 1 to " + LONGEST_NAME + " characters");
    } else if (!names.add(rule.getName())) {
      problem(at + "/name", "is the name of an earlier rule; names tell rules apart");
    }
    glob(at + "/resource", rule.getResource());
    glob(at + "/action", rule.getAction());
    if (rule.getEffect() == PolicyEffect.UNSPECIFIED) {
      problem(at + "/effect", "is not one of allow, deny, audit");
    }
    if (rule.getSeverity() == Severity.INFO) {
      problem(at + "/severity", "is not one of low, medium, high, critical");
    }
    Conditions.Compiled compiled = Conditions.compile(rule.getCondition());
    if (compiled instanceof Conditions.Compiled.Good good) {
      rules.add(
          new CompiledRule(
              rule, new Glob(rule.getResource()), new Glob(rule.getAction()), good.condition()));
    } else {
      ((Conditions.Compiled.Bad) compiled)
          .problems()
          .forEach(message -> problem(at + "/condition", message));
    }
  }

  private void glob(String at, String pattern) {
    if (pattern.isEmpty()) {
      problem(at, "is empty and would match nothing; write * for everything");
    } else if (pattern.length() > LONGEST_GLOB) {
      problem(at, "is too long; " + LONGEST_GLOB + " characters are allowed");
    }
  }

  private void problem(String pointer, String message) {
    problems.add(new PolicyProblem(pointer, message));
  }
}
