package io.tocsin.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.streams.topology.TopologyMap;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.Test;

/** The table against the topology; of the other stages SecuredClusterITCase asks a broker. */
final class RightsOfStreamsTest {

  private static final TopologyMap TOPOLOGY =
      TopologyMap.ofStage(Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));

  private static Set<String> topics(TopologyMap.Kind kind) {
    return TOPOLOGY.parts().stream()
        .flatMap(part -> part.nodes().stream())
        .filter(node -> node.kind() == kind)
        .flatMap(node -> node.topics().stream())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> may(AclOperation operation) {
    return Rights.of(Actor.STREAMS).stream()
        .filter(right -> right.operation() == operation)
        .filter(right -> right.resource().resourceType() == ResourceType.TOPIC)
        .filter(right -> right.resource().patternType() == PatternType.LITERAL)
        .map(right -> right.resource().name())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void streamsMayReadTheirSourcesAndNothingElse() {
    assertThat(may(AclOperation.READ)).isEqualTo(topics(TopologyMap.Kind.SOURCE));
  }

  @Test
  void streamsMayWriteTheirSinksAndLettersAboutWhatTheyCouldNotUse() {
    Set<String> written = topics(TopologyMap.Kind.SINK);
    written.add("tocsin.dead-letters");

    assertThat(may(AclOperation.WRITE)).isEqualTo(written);
  }
}
