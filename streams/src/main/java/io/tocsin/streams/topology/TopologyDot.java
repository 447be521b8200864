package io.tocsin.streams.topology;

import java.util.Set;
import java.util.TreeSet;

/**
 * A topology in Graphviz' language: topics are left and right, a box per sub-topology between them.
 * A topic that is written by one sub-topology and read by another joins the two.
 */
final class TopologyDot {

  private static final String HEAD =
      """
      digraph tocsin {
        rankdir=LR;
        fontname="Helvetica"; node [fontname="Helvetica", fontsize=11]; edge [color="#555555"];
      """;

  private TopologyDot() {}

  static String of(TopologyMap map) {
    StringBuilder dot = new StringBuilder(HEAD);
    Set<String> topics = new TreeSet<>();
    for (TopologyMap.Part part : map.parts()) {
      part.nodes().forEach(node -> topics.addAll(node.topics()));
      part(part, dot);
    }
    for (String topic : topics) {
      dot.append(
          "  %s [label=%s, shape=cds, style=filled, fillcolor=\"#fff3d6\"];\n"
              .formatted(id("topic", topic), quoted(topic)));
    }
    return dot.append("}\n").toString();
  }

  private static void part(TopologyMap.Part part, StringBuilder dot) {
    dot.append("  subgraph cluster_").append(part.id()).append(" {\n");
    dot.append("    label=\"sub-topology ").append(part.id()).append("\"; color=\"#999999\";\n");
    Set<String> stores = new TreeSet<>();
    for (TopologyMap.Node node : part.nodes()) {
      stores.addAll(node.stores());
      dot.append(
          "    %s [label=%s, shape=%s];\n"
              .formatted(
                  id("node", node.name()),
                  quoted(node.name()),
                  node.kind() == TopologyMap.Kind.PROCESSOR ? "box" : "ellipse"));
    }
    for (String store : stores) {
      dot.append(
          "    %s [label=%s, shape=cylinder, style=filled, fillcolor=\"#e3eefc\"];\n"
              .formatted(id("store", store), quoted(store)));
    }
    dot.append("  }\n");
    part.nodes().forEach(node -> edges(node, dot));
  }

  private static void edges(TopologyMap.Node node, StringBuilder dot) {
    String self = id("node", node.name());
    for (String topic : node.topics()) {
      boolean reads = node.kind() == TopologyMap.Kind.SOURCE;
      String named = id("topic", topic);
      dot.append("  %s -> %s;\n".formatted(reads ? named : self, reads ? self : named));
    }
    node.to().forEach(to -> dot.append("  %s -> %s;\n".formatted(self, id("node", to))));
    node.stores()
        .forEach(
            store ->
                dot.append(
                    "  %s -> %s [dir=both, style=dashed];\n".formatted(self, id("store", store))));
  }

  private static String id(String kind, String name) {
    return quoted(kind + ' ' + name);
  }

  /** Only quotes, backslashes and line ends mean something within quotes. */
  private static String quoted(String name) {
    return '"' + name.replace("\\", "\\\\").replace("\"", "\\\"").replaceAll("\\R", "\\\\n") + '"';
  }
}
