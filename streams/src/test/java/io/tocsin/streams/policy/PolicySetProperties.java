package io.tocsin.streams.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.schemas.Policy;
import io.tocsin.schemas.PolicyEffect;
import io.tocsin.schemas.PolicyRule;
import io.tocsin.schemas.SecurityEvent;
import io.tocsin.schemas.Violation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

class PolicySetProperties {

  private record Asked(Policy policy, PolicyRule rule) {}

  @Provide
  Arbitrary<List<Policy>> policies() {
    Arbitrary<PolicyEffect> effects =
        Arbitraries.of(PolicyEffect.ALLOW, PolicyEffect.DENY, PolicyEffect.AUDIT);
    Arbitrary<String> actions = Arbitraries.of("exec", "start", "*", "e*", "*t", "stop");
    Arbitrary<String> conditions =
        Arbitraries.of("", "", "service == 'shop'", "image == 'no'", "attributes['none'] == ''");
    Arbitrary<PolicyRule> rules =
        Combinators.combine(actions, effects, conditions)
            .as((action, effect, condition) -> Policies.rule("", "*", action, effect, condition));
    Arbitrary<Policy> policies =
        Combinators.combine(
                Arbitraries.integers().between(0, 3),
                Arbitraries.of(true, true, true, false),
                rules.list().ofMinSize(1).ofMaxSize(6))
            .as(
                (order, enabled, list) -> {
                  Policy policy = Policies.policy("", order, list.toArray(PolicyRule[]::new));
                  policy.setEnabled(enabled);
                  return policy;
                });
    return policies.list().ofMaxSize(5).map(PolicySetProperties::named);
  }

  private static List<Policy> named(List<Policy> drawn) {
    List<Policy> named = new ArrayList<>();
    for (Policy each : drawn) {
      Policy policy = Policy.newBuilder(each).setId("p" + named.size()).build();
      int number = 0;
      for (PolicyRule rule : policy.getRules()) {
        rule.setName("r" + number++);
      }
      named.add(policy);
    }
    return named;
  }

  @Provide
  Arbitrary<SecurityEvent> events() {
    return Arbitraries.of("exec", "start", "stop", "rename", "die", "export")
        .map(action -> Events.docker("e-1", action).build());
  }

  @Property(tries = 200)
  void theFirstRuleThatMatchesDecidesAndOtherwiseNobody(
      @ForAll("policies") List<Policy> policies, @ForAll("events") SecurityEvent event) {
    Decision decision = set(policies).judge(event).decision();

    Optional<Asked> first =
        asked(policies)
            .filter(each -> each.rule().getEffect() != PolicyEffect.AUDIT)
            .filter(each -> matches(each.rule(), event))
            .findFirst();
    if (!Actions.isJudged(event) || policies.stream().noneMatch(Policy::getEnabled)) {
      assertThat(decision).isInstanceOf(Decision.NotJudged.class);
    } else if (first.isEmpty()) {
      assertThat(decision)
          .isInstanceOfSatisfying(
              Decision.Denied.class, denied -> assertThat(denied.policy()).isNull());
    } else if (first.get().rule().getEffect() == PolicyEffect.ALLOW) {
      assertThat(decision)
          .isInstanceOfSatisfying(
              Decision.Allowed.class,
              allowed -> {
                assertThat(allowed.policy()).isEqualTo(first.get().policy().getId());
                assertThat(allowed.rule()).isEqualTo(first.get().rule().getName());
              });
    } else {
      assertThat(decision)
          .isInstanceOfSatisfying(
              Decision.Denied.class,
              denied -> {
                assertThat(denied.policy()).isEqualTo(first.get().policy().getId());
                assertThat(denied.rule()).isEqualTo(first.get().rule().getName());
              });
    }
  }

  /** What a rule says, told by hand rather than by the code under test. */
  private static boolean matches(PolicyRule rule, SecurityEvent event) {
    boolean isForAction =
        switch (rule.getAction()) {
          case "*" -> true;
          case "e*" -> event.getAction().startsWith("e");
          case "*t" -> event.getAction().endsWith("t");
          default -> rule.getAction().equals(event.getAction());
        };
    boolean holds =
        switch (rule.getCondition()) {
          case "image == 'no'" -> false;
          case "attributes['none'] == ''" -> rule.getEffect() != PolicyEffect.ALLOW;
          default -> true;
        };
    return isForAction && holds;
  }

  private static Stream<Asked> asked(List<Policy> policies) {
    return policies.stream()
        .filter(Policy::getEnabled)
        .sorted(Comparator.comparingInt(Policy::getOrder).thenComparing(Policy::getId))
        .flatMap(policy -> policy.getRules().stream().map(rule -> new Asked(policy, rule)));
  }

  @Property(tries = 200)
  void auditsNeverChangeTheOutcome(
      @ForAll("policies") List<Policy> policies, @ForAll("events") SecurityEvent event) {
    List<Policy> without = new ArrayList<>();
    for (Policy policy : policies) {
      List<PolicyRule> rules = new ArrayList<>(policy.getRules());
      rules.removeIf(rule -> rule.getEffect() == PolicyEffect.AUDIT);
      // A policy has to have a rule; one for another resource decides nothing.
      rules.add(Policies.rule("other", "host/other", "*", PolicyEffect.DENY, ""));
      without.add(Policy.newBuilder(policy).setRules(rules).build());
    }

    assertThat(set(policies).judge(event).decision())
        .isEqualTo(set(without).judge(event).decision());
  }

  @Property(tries = 200)
  void eachMatchingAuditBeforeTheDecisionIsRecordedOnce(
      @ForAll("policies") List<Policy> policies, @ForAll("events") SecurityEvent event) {
    List<Violation> violations = set(policies).judge(event).violations();

    assertThat(violations).extracting(Violation::getId).doesNotHaveDuplicates();
    assertThat(violations)
        .filteredOn(violation -> violation.getEffect() == PolicyEffect.DENY)
        .hasSizeLessThan(2);
    long expected =
        violations.isEmpty()
            ? 0
            : asked(policies)
                .takeWhile(
                    each ->
                        each.rule().getEffect() == PolicyEffect.AUDIT
                            || !matches(each.rule(), event))
                .filter(each -> each.rule().getEffect() == PolicyEffect.AUDIT)
                .filter(each -> matches(each.rule(), event))
                .count();
    assertThat(violations)
        .filteredOn(violation -> violation.getEffect() == PolicyEffect.AUDIT)
        .hasSize((int) Math.min(expected, Search.AUDITS));
  }

  @Property(tries = 200)
  void theOrderInWhichPoliciesComeDoesNotMatter(
      @ForAll("policies") @Size(min = 2) List<Policy> policies,
      @ForAll("events") SecurityEvent event,
      @ForAll Random random) {
    List<Policy> shuffled = new ArrayList<>(policies);
    Collections.shuffle(shuffled, random);

    assertThat(set(shuffled).judge(event)).isEqualTo(set(policies).judge(event));
  }

  private static PolicySet set(List<Policy> policies) {
    return Policies.set(policies.toArray(Policy[]::new));
  }
}
