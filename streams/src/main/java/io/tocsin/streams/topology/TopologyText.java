package io.tocsin.streams.topology;

import java.util.Locale;

/** A topology as lines of text. */
final class TopologyText {

  private TopologyText() {}

  static String of(TopologyMap map) {
    StringBuilder text = new StringBuilder();
    for (TopologyMap.Part part : map.parts()) {
      text.append(text.isEmpty() ? "" : "\n").append("sub-topology ").append(part.id());
      text.append(part.everywhere() ? ", whole on each instance\n" : "\n");
      int width = part.nodes().stream().mapToInt(node -> node.name().length()).max().orElse(0);
      for (TopologyMap.Node node : part.nodes()) {
        text.append(line(node, width).stripTrailing()).append('\n');
      }
    }
    return text.toString();
  }

  private static String line(TopologyMap.Node node, int width) {
    StringBuilder line = new StringBuilder();
    line.append(
        String.format(
            Locale.ROOT,
            "  %-9s  %-" + width + "s",
            node.kind().name().toLowerCase(Locale.ROOT),
            node.name()));
    switch (node.kind()) {
      case SOURCE -> line.append("  reads ").append(String.join(", ", node.topics()));
      case SINK -> line.append("  writes ").append(String.join(", ", node.topics()));
      case PROCESSOR -> {
        if (!node.stores().isEmpty()) {
          line.append("  keeps ").append(String.join(", ", node.stores()));
        }
      }
    }
    if (!node.to().isEmpty()) {
      line.append("  -> ").append(String.join(", ", node.to()));
    }
    return line.toString();
  }
}
