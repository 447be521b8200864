package io.tocsin.alerting.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RuleTest {

  @ParameterizedTest
  @ValueSource(strings = {"", "Big", "a/b", "a b", "-x"})
  void refusesNamesThatCouldBeMistakenForSomethingElse(String name) {
    assertThatThrownBy(() -> rule(name, Duration.ZERO, List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("\"" + name + "\"");
  }

  @Test
  void refusesNegativeWaits() {
    assertThatThrownBy(() -> rule("a", Duration.ofMillis(-1), List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("rule a");
  }

  @Test
  void takesTheFirstPolicyThatCoversTheResource() {
    HealPolicy one = HealPolicy.of("endpoint/shop-1", "restart-one");
    HealPolicy all = HealPolicy.of("shop", "restart-all");
    Rule rule = rule("a", Duration.ZERO, List.of(one, all));

    assertThat(rule.healPolicy("endpoint/shop-1", "shop")).contains(one);
    assertThat(rule.healPolicy("endpoint/shop-2", "shop")).contains(all);
    assertThat(rule.healPolicy("endpoint/mail", null)).isEmpty();
  }

  private static Rule rule(String name, Duration badFor, List<HealPolicy> policies) {
    return new Rule(name, SignalKind.HEALTH, badFor, Duration.ZERO, null, policies);
  }
}
