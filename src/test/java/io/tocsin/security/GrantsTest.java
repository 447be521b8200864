package io.tocsin.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tocsin.schemas.topic.Topic;
import io.tocsin.schemas.topic.Topics;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.Test;

final class GrantsTest {

  private static final Principals USUAL = Principals.usual();

  private static Set<Actor> whoMay(AclOperation operation, Topic<?> topic) {
    return EnumSet.allOf(Actor.class).stream()
        .filter(actor -> Rights.may(actor, topic.name(), operation))
        .collect(Collectors.toSet());
  }

  private static Grants of(String... agents) {
    return Grants.of(USUAL, List.of(agents), List.of(), false);
  }

  @Test
  void heartOfHealingIsInFewHands() {
    assertThat(whoMay(AclOperation.WRITE, Topics.HEAL_PLANS)).containsExactly(Actor.ALERTING);
    assertThat(whoMay(AclOperation.READ, Topics.HEAL_PLANS))
        .containsExactlyInAnyOrder(Actor.RESPONDER, Actor.BACKUP);
    assertThat(whoMay(AclOperation.WRITE, Topics.AUDIT)).containsExactly(Actor.RESPONDER);
    assertThat(whoMay(AclOperation.WRITE, Topics.COMMANDS))
        .containsExactlyInAnyOrder(Actor.SERVER, Actor.OPERATOR);
    assertThat(whoMay(AclOperation.READ, Topics.ACCESS))
        .containsExactlyInAnyOrder(Actor.SERVER, Actor.OPERATOR, Actor.BACKUP);
  }

  @Test
  void anAgentTellsAndReadsNothing() {
    assertThat(Rights.of(Actor.AGENT))
        .hasSize(5)
        .allMatch(right -> right.operation() == AclOperation.WRITE);
    for (Topic<?> topic : Topics.all()) {
      assertThat(whoMay(AclOperation.READ, topic)).doesNotContain(Actor.AGENT);
    }
  }

  @Test
  void everyTopicHasSomebodyWhoWritesItAndSomebodyWhoReadsIt() {
    for (Topic<?> topic : Topics.all()) {
      assertThat(whoMay(AclOperation.WRITE, topic)).as("writers of " + topic).isNotEmpty();
      assertThat(whoMay(AclOperation.READ, topic)).as("readers of " + topic).isNotEmpty();
    }
  }

  @Test
  void nobodyDeletesTopicsOrAltersThemButStreamsTheirOwn() {
    for (Actor actor : Actor.values()) {
      assertThat(Rights.of(actor))
          .filteredOn(right -> right.operation() == AclOperation.DELETE)
          .allMatch(right -> right.shownName().equals("tocsin-streams-*"));
      assertThat(Rights.of(actor))
          .noneMatch(right -> right.operation() == AclOperation.ALL)
          .noneMatch(right -> right.operation() == AclOperation.ALTER_CONFIGS)
          .filteredOn(right -> right.resource().resourceType() == ResourceType.CLUSTER)
          .matches(rights -> actor == Actor.ADMIN || rights.isEmpty());
    }
  }

  @Test
  void groupsAndTransactionsAreOfOneEach() {
    for (ResourceType type : List.of(ResourceType.GROUP, ResourceType.TRANSACTIONAL_ID)) {
      Set<String> seen = new HashSet<>();
      for (Actor actor : Actor.values()) {
        Rights.of(actor).stream()
            .filter(right -> right.resource().resourceType() == type)
            .filter(right -> right.operation() != AclOperation.DESCRIBE)
            .forEach(right -> assertThat(seen.add(right.shownName())).as("" + right).isTrue());
      }
    }
  }

  @Test
  void whatIsThereIsNotMissingAndWhatOthersHaveIsTheirBusiness() {
    Grants wanted = of("web-1");
    Set<AclBinding> there = new HashSet<>(wanted.bindings());
    AclBinding lost = there.iterator().next();
    there.remove(lost);
    AclBinding others = Right.cluster(AclOperation.ALTER).of("User:somebody");
    AclBinding tooMuch = Right.cluster(AclOperation.ALTER).of("User:agent.web-1");
    there.add(others);
    there.add(tooMuch);

    Grants.Difference difference = wanted.from(there);

    assertThat(difference.missing()).containsExactly(lost);
    assertThat(difference.surplus()).containsExactly(tooMuch);
    assertThat(wanted.from(wanted.bindings()).isNone()).isTrue();
  }

  @Test
  void anAgentThatIsNotNamedKeepsWhatItHasAndAFormerOneLosesIt() {
    Set<AclBinding> there = of("web-1", "web-2").bindings();

    assertThat(of("web-1").from(there).surplus()).isEmpty();
    assertThat(Grants.of(USUAL, List.of("web-1"), List.of("web-2"), false).from(there).surplus())
        .hasSize(5)
        .allMatch(binding -> binding.entry().principal().equals("User:agent.web-2"));
  }

  @Test
  void linesForKafkasOwnToolQuoteNames() {
    Principals certificates =
        Principals.of(
            Map.of(Actor.STREAMS, "User:CN=streams,O=Big Ops", Actor.AGENT, "User:CN={id}"));

    List<String> lines =
        KafkaAclsLines.of(
            Grants.of(certificates, List.of("web-1"), List.of(), false), "kafka:9093");

    assertThat(lines)
        .contains(
            "kafka-acls.sh --bootstrap-server 'kafka:9093' --command-config admin.properties --add"
                + " --allow-principal 'User:CN=web-1' --operation Write --topic tocsin.samples")
        .contains(
            "kafka-acls.sh --bootstrap-server 'kafka:9093' --command-config admin.properties --add"
                + " --allow-principal 'User:CN=streams,O=Big Ops' --operation Write"
                + " --transactional-id tocsin-streams- --resource-pattern-type prefixed");
  }

  @Test
  void namesThatCouldDoHarmAreRefused() {
    for (String bad :
        List.of("streams", "User:", "User:*", "User:a'b", "User:$(id)", "User:a\nb")) {
      assertThatIllegalArgumentException()
          .as(bad)
          .isThrownBy(() -> Principals.of(Map.of(Actor.STREAMS, bad)))
          .withMessageContaining("streams");
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Principals.of(Map.of(Actor.AGENT, "User:agents")))
        .withMessageContaining("{id}");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Principals.of(Map.of(Actor.STREAMS, "User:tocsin-alerting")))
        .withMessageContaining("two stages");
    assertThatIllegalArgumentException().isThrownBy(() -> USUAL.ofAgent("*"));
    assertThatIllegalArgumentException().isThrownBy(() -> USUAL.ofAgent("a/b"));
  }

  @Test
  void aCertificatesPrincipalHasNoAccount() {
    assertThat(Principals.account("User:agent.web-1")).contains("agent.web-1");
    assertThat(Principals.account("User:CN=web-1,O=ops")).isEmpty();
  }
}
