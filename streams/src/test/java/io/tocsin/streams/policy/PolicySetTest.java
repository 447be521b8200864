package io.tocsin.streams.policy;

import static io.tocsin.schemas.PolicyEffect.ALLOW;
import static io.tocsin.schemas.PolicyEffect.AUDIT;
import static io.tocsin.schemas.PolicyEffect.DENY;
import static io.tocsin.streams.policy.Events.docker;
import static io.tocsin.streams.policy.Policies.policy;
import static io.tocsin.streams.policy.Policies.rule;
import static io.tocsin.streams.policy.Policies.set;
import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.schemas.Policy;
import io.tocsin.schemas.PolicyEffect;
import io.tocsin.schemas.PolicyRule;
import io.tocsin.schemas.SecurityEvent;
import io.tocsin.schemas.SecuritySource;
import io.tocsin.schemas.Severity;
import io.tocsin.schemas.Violation;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PolicySetTest {

  private static final SecurityEvent EXEC = docker("e-1", "exec").build();

  @Test
  void theFirstRuleThatMatchesDecides() {
    PolicySet rules = set(policy("p", 0, rule(DENY, "exec"), rule(ALLOW, "*")));

    assertThat(rules.judge(EXEC).decision())
        .isEqualTo(
            new Decision.Denied(
                "p",
                "DENY-exec",
                "rule DENY-exec of policy p denies exec of container/host-1.web"));
    assertThat(rules.judge(docker("e-2", "start").build()).decision())
        .isInstanceOf(Decision.Allowed.class);
  }

  @Test
  void policiesAreAskedInTheOrderOfTheirNumberThenOfTheirId() {
    Policy late = policy("a", 2, rule(DENY, "*"));
    Policy second = policy("z", 1, rule(DENY, "*"));
    Policy first = policy("y", 1, rule(ALLOW, "*"));

    assertThat(set(late, second, first).judge(EXEC).decision())
        .isInstanceOfSatisfying(
            Decision.Allowed.class, allowed -> assertThat(allowed.policy()).isEqualTo("y"));
  }

  @Test
  void anAuditIsRecordedAndTheSearchGoesOn() {
    Judgement judgement = set(policy("p", 0, rule(AUDIT, "exec"), rule(ALLOW, "exec"))).judge(EXEC);

    assertThat(judgement.decision()).isInstanceOf(Decision.Allowed.class);
    assertThat(judgement.violations())
        .singleElement()
        .satisfies(violation -> assertThat(violation.getEffect()).isEqualTo(AUDIT))
        .satisfies(violation -> assertThat(violation.getRule()).isEqualTo("AUDIT-exec"));
  }

  @Test
  void whatNobodyDecidesIsDenied() {
    Judgement judgement = set(policy("p", 0, rule(ALLOW, "start"))).judge(EXEC);

    assertThat(judgement.violations())
        .singleElement()
        .satisfies(
            violation -> {
              assertThat(violation.getPolicy()).isNull();
              assertThat(violation.getRule()).isNull();
              assertThat(violation.getEffect()).isEqualTo(DENY);
              assertThat(violation.getSeverity()).isEqualTo(Severity.HIGH);
              assertThat(violation.getReason())
                  .isEqualTo(
                      "no rule of the one policy allows exec of container/host-1.web (default"
                          + " deny)");
            });
  }

  @Test
  void withoutAnEnabledPolicyNothingIsJudged() {
    Policy off = policy("p", 0, rule(DENY, "*"));
    off.setEnabled(false);

    assertThat(set(off).judge(EXEC).decision())
        .isEqualTo(new Decision.NotJudged(Decision.Why.NO_POLICY, "no policy is enabled"));
    assertThat(set(off).judge(EXEC).violations()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(
      value = SecuritySource.class,
      names = {"TRIVY", "FALCO", "POLICY", "UNSPECIFIED"})
  void whatWasFoundOrAlertedIsNoAction(SecuritySource source) {
    SecurityEvent event = docker("e-1", "vulnerability").setSource(source).build();

    assertThat(set(policy("p", 0, rule(DENY, "*"))).judge(event).decision())
        .isInstanceOfSatisfying(
            Decision.NotJudged.class,
            not -> assertThat(not.why()).isEqualTo(Decision.Why.NO_ACTION));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "die",
        "die-failed",
        "oom",
        "exec-create",
        "exec-health-check",
        "health-status",
        "health-status-unhealthy"
      })
  void whatFollowsByItselfIsNoAction(String action) {
    assertThat(
            set(policy("p", 0, rule(DENY, "*"))).judge(docker("e-1", action).build()).violations())
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "create-privileged, CRITICAL",
    "create-host-access, HIGH",
    "exec, HIGH",
    "attach, HIGH",
    "create, MEDIUM",
    "start, MEDIUM",
    "export, MEDIUM",
    "stop, LOW",
    "rename, LOW",
    "an-action-of-tomorrow, LOW"
  })
  void theDefaultDenyIsAsBadAsTheAction(String action, Severity severity) {
    assertThat(
            set(policy("p", 0, rule(ALLOW, "nothing")))
                .judge(docker("e-1", action).build())
                .violations())
        .extracting(Violation::getSeverity)
        .containsExactly(severity);
  }

  @Test
  void theTableOfSeveritiesCanBeChanged() {
    PolicySet changed =
        new PolicySet(
            List.of(Policies.compiled(policy("p", 0, rule(ALLOW, "nothing")))),
            new DefaultSeverities(Map.of("exec", Severity.LOW)));

    assertThat(changed.judge(EXEC).violations())
        .extracting(Violation::getSeverity)
        .containsExactly(Severity.LOW);
  }

  @Test
  void aRulesOwnSeverityCounts() {
    PolicyRule rule = rule(DENY, "exec");
    rule.setSeverity(Severity.CRITICAL);

    assertThat(set(policy("p", 0, rule)).judge(EXEC).violations())
        .extracting(Violation::getSeverity)
        .containsExactly(Severity.CRITICAL);
  }

  @ParameterizedTest
  @EnumSource(names = {"ALLOW", "DENY", "AUDIT"})
  void aConditionThatFailsCountsAgainstWhoeverActed(PolicyEffect effect) {
    PolicyRule failing = rule("failing", "*", "*", effect, "attributes['none'] == 'x'");

    Judgement judgement = set(policy("p", 0, failing, rule(ALLOW, "start"))).judge(EXEC);

    assertThat(judgement.troubles())
        .singleElement()
        .satisfies(trouble -> assertThat(trouble.getProblem()).contains("failing", "none"));
    switch (effect) {
      case ALLOW ->
          assertThat(judgement.violations())
              .extracting(Violation::getRule)
              .containsOnlyNulls()
              .hasSize(1);
      case DENY ->
          assertThat(judgement.violations())
              .extracting(Violation::getRule)
              .containsExactly("failing");
      default ->
          assertThat(judgement.violations())
              .extracting(Violation::getRule)
              .containsExactly("failing", null);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "service == 'shop'; true",
        "image.startsWith('registry.local/'); true",
        "image.matches('^registry[.]local/.*:[0-9.]+$'); true",
        "kind == 'CONTAINER' && source == 'DOCKER' && severity == 'INFO'; true",
        "'risks' in attributes && attributes['risks'].contains('docker-socket'); false",
        "attributes.exists(key, key.startsWith('x')); false",
        "has(attributes.risks); false",
        "container in ['web', 'db']; true",
        "resource == action || title == ''; false"
      })
  void conditionsSeeTheEventsFields(String condition, boolean holds) {
    Judgement judgement = set(policy("p", 0, rule("r", "*", "*", ALLOW, condition))).judge(EXEC);

    assertThat(judgement.decision() instanceof Decision.Allowed).isEqualTo(holds);
    assertThat(judgement.troubles()).isEmpty();
  }

  @Test
  void theSameEventAndRuleGiveTheSameViolationAndNoOtherDoes() {
    PolicySet one = set(policy("p", 0, rule(DENY, "exec")));
    PolicySet other = set(policy("q", 0, rule(DENY, "exec")));
    String id = one.judge(EXEC).violations().get(0).getId();

    assertThat(one.judge(EXEC).violations().get(0).getId()).isEqualTo(id);
    assertThat(other.judge(EXEC).violations().get(0).getId()).isNotEqualTo(id);
    assertThat(one.judge(docker("e-2", "exec").build()).violations().get(0).getId())
        .isNotEqualTo(id);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "*",
        "' || true || '",
        "\") || true || (\"",
        "<script>alert(1)</script>",
        "${jndi:ldap://x}",
        "{{7*7}}",
        "\\E.*",
        "container/host-1.web; DROP TABLE x"
      })
  void hostileTextStaysText(String hostile) {
    SecurityEvent event =
        docker("e-1", "exec")
            .setImage(hostile)
            .setContainer(hostile)
            .setResourceId(hostile)
            .setAttributes(Map.of("command", hostile))
            .build();
    PolicyRule allow =
        rule(
            "only-good",
            "container/*",
            "*",
            ALLOW,
            "image == 'good' || attributes['command'] == 'good'");

    Judgement judgement =
        set(policy("p", 0, allow, rule("exact", "nothing", "*", ALLOW, ""))).judge(event);

    assertThat(judgement.decision()).isInstanceOf(Decision.Denied.class);
    assertThat(judgement.violations().get(0).getImage()).isEqualTo(hostile);
    assertThat(judgement.violations().get(0).getReason()).contains(hostile);
  }

  @Test
  void oneEventRecordsABoundedNumberOfAuditsAndCountsTheRest() {
    PolicyRule[] audits = new PolicyRule[Search.AUDITS + 5];
    for (int i = 0; i < audits.length; i++) {
      audits[i] = rule("audit-" + i, "*", "*", AUDIT, "");
    }

    Judgement judgement = set(policy("p", 0, audits)).judge(EXEC);

    assertThat(judgement.violations()).hasSize(Search.AUDITS + 1);
    assertThat(judgement.auditsLeftOut()).isEqualTo(5);
    assertThat(judgement.decision()).isInstanceOf(Decision.Denied.class);
  }
}
