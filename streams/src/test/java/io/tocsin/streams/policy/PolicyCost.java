package io.tocsin.streams.policy;

import static io.tocsin.schemas.PolicyEffect.ALLOW;
import static io.tocsin.schemas.PolicyEffect.DENY;

import io.tocsin.schemas.Policy;
import io.tocsin.schemas.PolicyRule;
import io.tocsin.schemas.SecurityEvent;
import java.util.Map;

/**
 * What judging one event costs: ten policies of ten rules with a condition each, of which the last
 * one decides. Prints microseconds per event, and per event with the report kept.
 */
final class PolicyCost {

  private static final int ROUNDS = 20_000;

  private PolicyCost() {}

  public static void main(String[] arguments) {
    PolicySet policies = policies();
    SecurityEvent event =
        Events.docker("e-1", "exec").setAttributes(Map.of("command", "sh -c ls")).build();
    for (int pass = 0; pass < 5; pass++) {
      ReportBook book = new ReportBook(null);
      long start = System.nanoTime();
      for (int i = 0; i < ROUNDS; i++) {
        policies.judge(event);
      }
      long judged = System.nanoTime();
      for (int i = 0; i < ROUNDS; i++) {
        book.judged(event, policies.judge(event));
      }
      long kept = System.nanoTime();
      System.out.printf(
          "judge %.1f us, judge and report %.1f us%n",
          (judged - start) / 1e3 / ROUNDS, (kept - judged) / 1e3 / ROUNDS);
    }
  }

  private static PolicySet policies() {
    Policy[] policies = new Policy[10];
    for (int i = 0; i < policies.length; i++) {
      PolicyRule[] rules = new PolicyRule[10];
      for (int j = 0; j < rules.length; j++) {
        boolean isLast = i == policies.length - 1 && j == rules.length - 1;
        String condition =
            isLast
                ? "image.startsWith('registry.local/')"
                : "'command' in attributes && attributes['command'].contains('rm -rf')";
        rules[j] = Policies.rule("r" + j, "container/*", "e*", isLast ? DENY : ALLOW, condition);
      }
      policies[i] = Policies.policy("p" + i, i, rules);
    }
    return Policies.set(policies);
  }
}
