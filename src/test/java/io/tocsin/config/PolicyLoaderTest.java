package io.tocsin.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tocsin.schemas.Policy;
import io.tocsin.schemas.PolicyEffect;
import io.tocsin.schemas.Severity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolicyLoaderTest {

  @TempDir Path directory;

  private List<Policy> load(String text) throws IOException, ConfigException {
    return new PolicyLoader().load(Files.writeString(directory.resolve("p.yaml"), text));
  }

  private List<String> problemsOf(String text) {
    return catchThrowableOfType(ConfigException.class, () -> load(text)).problems().stream()
        .map(problem -> problem.line() + " " + problem.key() + ": " + problem.message())
        .toList();
  }

  @Test
  void fillsInWhatIsNotWritten() throws Exception {
    Policy policy = load("policies: [{id: p, rules: [{name: r, effect: allow}]}]").get(0);

    assertThat(policy.getEnabled()).isTrue();
    assertThat(policy.getOrder()).isZero();
    assertThat(policy.getRules().get(0).getResource()).isEqualTo("*");
    assertThat(policy.getRules().get(0).getAction()).isEqualTo("*");
    assertThat(policy.getRules().get(0).getEffect()).isEqualTo(PolicyEffect.ALLOW);
    assertThat(policy.getRules().get(0).getSeverity()).isEqualTo(Severity.UNSPECIFIED);
  }

  @Test
  void namesEveryProblemOfFormWithItsLine() {
    assertThat(
            problemsOf(
                """
                policies:
                  - id: Not An Id
                    ordr: 3
                    rules:
                      - name: r
                        effect: forbid
                """))
        .hasSize(3)
        .satisfiesExactlyInAnyOrder(
            id -> assertThat(id).startsWith("2 policies[0].id: is not a name"),
            order -> assertThat(order).startsWith("3 policies[0].ordr: unknown key"),
            effect -> assertThat(effect).startsWith("6 policies[0].rules[0].effect: is not one"));
  }

  @Test
  void namesEveryProblemOfSenseWithItsLine() {
    assertThat(
            problemsOf(
                """
                policies:
                  - id: p
                    rules:
                      - {name: r, effect: allow, condition: "nosuch"}
                      - {name: r, effect: deny, action: ""}
                  - id: p
                    rules:
                      - {name: r, effect: deny, condition: "service"}
                """))
        .satisfiesExactly(
            condition ->
                assertThat(condition)
                    .startsWith("4 policies[0].rules[0].condition: undeclared reference"),
            action -> assertThat(action).startsWith("5 policies[0].rules[1].action: is empty"),
            name -> assertThat(name).startsWith("5 policies[0].rules[1].name: is the name"),
            id -> assertThat(id).startsWith("6 policies[1].id: is the id of an earlier policy"),
            type -> assertThat(type).startsWith("8 policies[1].rules[0].condition: expected type"));
  }

  @Test
  void applyingTheSameFileAgainChangesNothing() throws Exception {
    List<Policy> wanted = load("policies: [{id: p, rules: [{name: r, effect: allow}]}]");
    Policy there = Policy.newBuilder(wanted.get(0)).setVersion(7).build();

    PolicyChanges changes = PolicyChanges.between(Map.of("p", there), wanted, false);

    assertThat(changes.written()).isEmpty();
    assertThat(changes.unchanged()).containsExactly("p");
  }

  @Test
  void aChangedPolicyGetsTheNextVersionAndANewOneTheFirst() throws Exception {
    List<Policy> before = load("policies: [{id: p, rules: [{name: r, effect: allow}]}]");
    Policy there = Policy.newBuilder(before.get(0)).setVersion(7).build();
    List<Policy> wanted =
        load(
            "policies: [{id: p, rules: [{name: r, effect: deny}]},"
                + " {id: q, rules: [{name: r, effect: deny}]}]");

    PolicyChanges changes = PolicyChanges.between(Map.of("p", there), wanted, false);

    assertThat(changes.written()).extracting(Policy::getVersion).containsExactly(8, 1);
  }

  @Test
  void onlyPruningRemovesWhatTheFileDoesNotHave() throws Exception {
    List<Policy> wanted = load("policies: [{id: p, rules: [{name: r, effect: allow}]}]");
    Map<String, Policy> there = Map.of("q", wanted.get(0));

    assertThat(PolicyChanges.between(there, wanted, false).removed()).isEmpty();
    assertThat(PolicyChanges.between(there, wanted, false).kept()).containsExactly("q");
    assertThat(PolicyChanges.between(there, wanted, true).removed()).containsExactly("q");
  }
}
