package io.tocsin.alerting.yaml;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Content as text that does not depend on layout: scalars with their length, keys in order. */
final class Canonical {

  private Canonical() {}

  static String of(Node node) {
    if (node instanceof ScalarNode scalar) {
      return scalar.getValue().length() + ":" + scalar.getValue();
    }
    if (node instanceof SequenceNode list) {
      return list.getValue().stream().map(Canonical::of).collect(Collectors.joining(",", "[", "]"));
    }
    Map<String, String> sorted = new TreeMap<>();
    for (NodeTuple entry : ((MappingNode) node).getValue()) {
      sorted.put(of(entry.getKeyNode()), of(entry.getValueNode()));
    }
    return sorted.toString();
  }
}
