package io.tocsin.streams.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.schemas.topic.Topic;
import io.tocsin.schemas.topic.Topics;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * State is found again by the names of stores, and of the changelog and repartition topics that are
 * made of them. A name that Kafka Streams makes up has a number in it that moves with any change of
 * the topology, and takes the state with it.
 */
class TopologyNamesTest {

  private static final String OURS = "(?!.*\\d{10})[a-z][a-z0-9]*(-[a-z0-9]+)*";

  private final List<TopologyMap.Node> nodes =
      TopologyMap.ofStage(Clock.systemUTC()).parts().stream()
          .flatMap(part -> part.nodes().stream())
          .toList();

  @Test
  void everyNodeHasANameOfOurs() {
    assertThat(nodes).isNotEmpty().extracting(TopologyMap.Node::name).allMatch(this::isOurs);
  }

  @Test
  void everyStoreAndSoEveryChangelogHasANameOfOurs() {
    Set<String> stores = all(TopologyMap.Node::stores).collect(Collectors.toSet());
    assertThat(stores).contains(EfficiencyTopology.SNAPSHOTS, BottleneckTopology.STORE);
    assertThat(stores).allMatch(this::isOurs);
  }

  @Test
  void everyTopicIsOneOfTheVocabularyOrARepartitionTopicWithANameOfOurs() {
    Set<String> known = Topics.all().stream().map(Topic::name).collect(Collectors.toSet());
    assertThat(all(TopologyMap.Node::topics))
        .isNotEmpty()
        .allMatch(
            topic ->
                known.contains(topic)
                    || topic.equals(Topics.ROLLUP_PARTS.name())
                    || topic.matches(OURS + "-repartition"));
  }

  private boolean isOurs(String name) {
    return name.matches(OURS);
  }

  private <T> Stream<T> all(Function<TopologyMap.Node, Collection<T>> which) {
    return nodes.stream().flatMap(node -> which.apply(node).stream());
  }
}
