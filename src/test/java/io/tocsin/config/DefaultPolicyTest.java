package io.tocsin.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.schemas.Examples;
import io.tocsin.schemas.Policy;
import io.tocsin.schemas.PolicyRule;
import io.tocsin.schemas.ResourceKind;
import io.tocsin.schemas.SecurityEvent;
import io.tocsin.schemas.SecuritySource;
import io.tocsin.schemas.Severity;
import io.tocsin.streams.policy.Decision;
import io.tocsin.streams.policy.DefaultSeverities;
import io.tocsin.streams.policy.Judgement;
import io.tocsin.streams.policy.PolicyCompiler;
import io.tocsin.streams.policy.PolicyCompiler.Compilation;
import io.tocsin.streams.policy.PolicySet;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the policy that is shipped says of what happens to containers. */
class DefaultPolicyTest {

  /**
   * An event and what comes of it.
   *
   * @param attributes such as {@code risks=privileged,host-pid;inspected=false}
   * @param outcome the rule that decides with its effect, or {@code default deny}
   * @param recorded rule and severity of each violation
   */
  record Case(String action, String attributes, String outcome, String... recorded) {

    @Override
    public String toString() {
      return action + " " + attributes;
    }
  }

  static Stream<Case> cases() {
    return Stream.of(
        new Case("create", "", "allow-lifecycle"),
        new Case("create", "inspected=false", "allow-lifecycle", "audit-uninspected MEDIUM"),
        new Case("start", "", "allow-lifecycle"),
        new Case("stop", "", "allow-lifecycle"),
        new Case("restart", "", "allow-lifecycle"),
        new Case("kill", "signal=9", "allow-lifecycle"),
        new Case("pause", "", "allow-lifecycle"),
        new Case("unpause", "", "allow-lifecycle"),
        new Case("destroy", "", "allow-lifecycle"),
        new Case("rename", "", "allow-lifecycle"),
        new Case("update", "", "allow-lifecycle"),
        new Case("mount", "volume=data", "allow-lifecycle"),
        new Case("exec", "command=sh", "allow-access", "audit-exec MEDIUM"),
        new Case("attach", "", "allow-access", "audit-attach MEDIUM"),
        new Case("copy", "", "allow-access", "audit-copy LOW"),
        new Case("archive-path", "", "allow-access", "audit-copy LOW"),
        new Case("extract-to-dir", "", "allow-access", "audit-copy LOW"),
        new Case("export", "", "allow-access", "audit-copy LOW"),
        new Case(
            "create-privileged", "risks=privileged", "deny-privileged", "deny-privileged CRITICAL"),
        new Case(
            "create-privileged",
            "risks=cap-SYS_ADMIN",
            "deny-privileged",
            "deny-privileged CRITICAL"),
        new Case(
            "create-privileged",
            "risks=docker-socket",
            "deny-docker-socket",
            "deny-docker-socket CRITICAL"),
        new Case(
            "create-privileged",
            "risks=privileged,docker-socket,host-network",
            "deny-docker-socket",
            "deny-docker-socket CRITICAL"),
        new Case(
            "create-privileged", "risks=host-root", "deny-host-root", "deny-host-root CRITICAL"),
        new Case(
            "create-host-access",
            "risks=host-network",
            "deny-host-access",
            "deny-host-access HIGH"),
        new Case("image-pull", "", "allow-registry-images"),
        new Case("image-push", "", "allow-registry-images"),
        new Case("image-tag", "", "allow-registry-images"),
        new Case("image-untag", "", "allow-registry-images"),
        new Case("image-delete", "", "allow-registry-images"),
        new Case("image-load", "", "default deny", "null MEDIUM"),
        new Case("image-import", "", "default deny", "null MEDIUM"),
        new Case("image-save", "", "default deny", "null MEDIUM"),
        new Case("commit", "", "default deny", "null MEDIUM"),
        new Case("an-action-of-tomorrow", "", "default deny", "null LOW"),
        new Case("die", "", "not judged"),
        new Case("oom", "", "not judged"),
        new Case("exec-health-check", "command=true", "not judged"));
  }

  private static List<Policy> shipped() throws ConfigException {
    return new PolicyLoader().load(Path.of("../deploy/policies/default.yaml"));
  }

  private static PolicySet policies() throws ConfigException {
    return new PolicySet(
        shipped().stream()
            .map(policy -> ((Compilation.Compiled) PolicyCompiler.compile(policy)).policy())
            .toList(),
        DefaultSeverities.STANDARD);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void eachEventComesToWhatItShould(Case each) throws ConfigException {
    Judgement judgement = policies().judge(event(each));

    assertThat(outcome(judgement.decision())).isEqualTo(each.outcome());
    assertThat(judgement.violations())
        .extracting(violation -> violation.getRule() + " " + violation.getSeverity())
        .containsExactly(each.recorded());
    assertThat(judgement.troubles()).isEmpty();
  }

  @Test
  void everyRuleHasACase() throws ConfigException {
    String told =
        cases()
            .map(each -> each.outcome() + " " + String.join(" ", each.recorded()))
            .collect(Collectors.joining(" "));

    assertThat(shipped())
        .flatExtracting(Policy::getRules)
        .extracting(PolicyRule::getName)
        .allSatisfy(name -> assertThat(told).contains(name));
  }

  private static String outcome(Decision decision) {
    if (decision instanceof Decision.Allowed allowed) {
      return allowed.rule();
    }
    if (decision instanceof Decision.Denied denied) {
      return denied.rule() == null ? "default deny" : denied.rule();
    }
    return "not judged";
  }

  private static SecurityEvent event(Case each) {
    Map<String, String> attributes = new HashMap<>();
    for (String pair : each.attributes().split(";")) {
      if (!pair.isEmpty()) {
        attributes.put(pair.split("=")[0], pair.split("=")[1]);
      }
    }
    return SecurityEvent.newBuilder()
        .setId("e-1")
        .setAt(Examples.NOON)
        .setOrigin(Examples.origin(0))
        .setSource(SecuritySource.DOCKER)
        .setAction(each.action())
        .setSeverity(Severity.INFO)
        .setResourceId("container/host-1.web")
        .setKind(ResourceKind.CONTAINER)
        .setContainer("web")
        .setImage("shop:1")
        .setTitle("web: " + each.action())
        .setAttributes(attributes)
        .build();
  }
}
