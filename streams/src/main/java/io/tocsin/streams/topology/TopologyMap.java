package io.tocsin.streams.topology;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tocsin.schemas.topic.Cluster;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyDescription;

/**
 * The stage's topology as plain data, for people to look at: what {@link Topology#describe()} says.
 *
 * @param parts the sub-topologies; the tasks of each can run on different instances
 */
public record TopologyMap(List<Part> parts) {

  /** What a node does. */
  public enum Kind {
    SOURCE,
    PROCESSOR,
    SINK
  }

  /**
   * A sub-topology.
   *
   * @param id Kafka Streams' number for it, the first half of its tasks' ids
   * @param everywhere whether each instance has all of it, as global stores are
   * @param nodes from the sources on
   */
  public record Part(int id, boolean everywhere, List<Node> nodes) {}

  /**
   * A node.
   *
   * @param topics read by a source, or written by a sink
   * @param stores that a processor uses
   * @param to names of the nodes that it hands records on to
   */
  public record Node(
      Kind kind, String name, Set<String> topics, Set<String> stores, Set<String> to) {}

  /** The map of the whole stage. Needs no broker and no registry. */
  public static TopologyMap ofStage(Clock clock) {
    return of(
        StreamsTopology.build(
                new Cluster("nowhere:9", "http://nowhere"),
                StreamsSettings.embedded(),
                Backlog.NONE,
                clock,
                new SimpleMeterRegistry())
            .describe());
  }

  static TopologyMap of(TopologyDescription description) {
    List<Part> parts = new ArrayList<>();
    for (TopologyDescription.Subtopology part : description.subtopologies()) {
      parts.add(new Part(part.id(), false, inOrder(part.nodes())));
    }
    for (TopologyDescription.GlobalStore global : description.globalStores()) {
      parts.add(new Part(global.id(), true, inOrder(List.of(global.source(), global.processor()))));
    }
    parts.sort(Comparator.comparingInt(Part::id));
    return new TopologyMap(List.copyOf(parts));
  }

  /** Each node after those that hand records on to it. */
  private static List<Node> inOrder(Collection<TopologyDescription.Node> nodes) {
    List<TopologyDescription.Node> left = new ArrayList<>(nodes);
    left.sort(Comparator.comparing(TopologyDescription.Node::name));
    Set<String> done = new TreeSet<>();
    List<Node> ordered = new ArrayList<>();
    while (!left.isEmpty()) {
      TopologyDescription.Node next =
          left.stream()
              .filter(node -> done.containsAll(names(node.predecessors())))
              .findFirst()
              .orElse(left.get(0));
      left.remove(next);
      done.add(next.name());
      ordered.add(node(next));
    }
    return List.copyOf(ordered);
  }

  private static Node node(TopologyDescription.Node node) {
    Set<String> to = names(node.successors());
    if (node instanceof TopologyDescription.Source source) {
      Set<String> topics =
          source.topicSet() != null ? source.topicSet() : Set.of("" + source.topicPattern());
      return new Node(Kind.SOURCE, node.name(), new TreeSet<>(topics), Set.of(), to);
    }
    if (node instanceof TopologyDescription.Sink sink) {
      String topic = sink.topic() != null ? sink.topic() : "chosen per record";
      return new Node(Kind.SINK, node.name(), Set.of(topic), Set.of(), to);
    }
    Set<String> stores = new TreeSet<>(((TopologyDescription.Processor) node).stores());
    return new Node(Kind.PROCESSOR, node.name(), Set.of(), stores, to);
  }

  private static Set<String> names(Collection<TopologyDescription.Node> nodes) {
    Set<String> names = new TreeSet<>();
    nodes.forEach(node -> names.add(node.name()));
    return names;
  }

  /** For a terminal. */
  public String text() {
    return TopologyText.of(this);
  }

  /** For Graphviz: {@code dot -Tsvg}. */
  public String dot() {
    return TopologyDot.of(this);
  }
}
