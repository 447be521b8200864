package io.tocsin.streams.policy;

import static io.tocsin.schemas.PolicyEffect.ALLOW;
import static io.tocsin.streams.policy.Policies.policy;
import static io.tocsin.streams.policy.Policies.problems;
import static io.tocsin.streams.policy.Policies.rule;
import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.schemas.Policy;
import io.tocsin.schemas.PolicyEffect;
import io.tocsin.schemas.PolicyRule;
import io.tocsin.schemas.Severity;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyCompilerTest {

  private static Policy withCondition(String condition) {
    return policy("p", 0, rule("r", "*", "*", ALLOW, condition));
  }

  @Test
  void allThatIsWrongIsNamedAtOnce() {
    PolicyRule bad = rule("", "", "*", PolicyEffect.UNSPECIFIED, "nosuch == 1");
    bad.setSeverity(Severity.INFO);

    assertThat(problems(policy("Not An Id", 0, rule(ALLOW, "*"), bad, rule(ALLOW, "*"))))
        .extracting(problem -> problem.substring(0, problem.indexOf(':')))
        .containsExactly(
            "id",
            "rules.1.name",
            "rules.1.resource",
            "rules.1.effect",
            "rules.1.severity",
            "rules.1.condition",
            "rules.2.name");
  }

  @Test
  void aPolicyWithoutRulesIsRefused() {
    assertThat(problems(policy("p", 0))).singleElement().asString().contains("rules");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "service; expected type 'bool'",
        "1 + 1 == 'x'; no matching overload",
        "service ==; mismatched input",
        "attributes['a'] > 1 ; no matching overload",
        "getClass() == ''; undeclared reference to 'getClass'",
        "exec.run('x'); undeclared reference to 'exec'"
      })
  void aConditionIsCheckedWhenItIsLoaded(String condition, String problem) {
    assertThat(problems(withCondition(condition)).get(0)).containsIgnoringCase(problem);
  }

  @Test
  void aProblemSaysWhereInTheCondition() {
    assertThat(problems(withCondition("service == 'a' && nosuch")))
        .containsExactly(
            "rules.0.condition: undeclared reference to 'nosuch' (in container '') (line 1, column"
                + " 19 of it)");
  }

  @Test
  void whatWouldCostTooMuchIsRefused() {
    assertThat(problems(withCondition("title == '" + "x".repeat(Conditions.LONGEST) + "'")))
        .singleElement()
        .asString()
        .contains("2000 are allowed");
    assertThat(problems(withCondition("(".repeat(100) + "true" + ")".repeat(100)))).isNotEmpty();
    assertThat(problems(withCondition("1" + "+1".repeat(400) + " == 0"))).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[1,2,3,4,5,6,7,8,9,10].all(a, [1,2,3,4,5,6,7,8,9,10].all(b,"
            + " [1,2,3,4,5,6,7,8,9,10].all(c, [1,2,3,4,5,6,7,8,9,10].all(d, true))))",
        "title.matches('(((a{100}){100}){100})')"
      })
  void whatWouldRunTooLongIsGivenUpAndCountsAsFailed(String condition) {
    Judgement judgement =
        Policies.set(withCondition(condition)).judge(Events.docker("e-1", "exec").build());

    assertThat(judgement.decision()).isInstanceOf(Decision.Denied.class);
    assertThat(judgement.troubles()).hasSize(1);
  }

  @Test
  void tooManyRulesAreRefused() {
    PolicyRule[] rules = new PolicyRule[PolicyCompiler.RULES + 1];
    for (int i = 0; i < rules.length; i++) {
      rules[i] = rule("r" + i, "*", "*", ALLOW, "");
    }

    assertThat(problems(policy("p", 0, rules))).hasSize(1);
    assertThat(PolicyCompiler.compile(policy("p", 0, List.of(rules).get(0))))
        .isInstanceOf(PolicyCompiler.Compilation.Compiled.class);
  }
}
