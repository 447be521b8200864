package io.tocsin.config;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.serialization.node.TokenStreamLocationAware;
import com.networknt.schema.utils.JsonNodes;
import java.util.List;

/** A parsed file whose nodes know where they stand, so that every problem can be given a line. */
record ConfigTree(String file, JsonNode root) {

  /** The same file without some of its sections; their other readers look after them. */
  ConfigTree without(String... sections) {
    if (root instanceof ObjectNode object) {
      object.remove(List.of(sections));
    }
    return this;
  }

  /** A problem with the node at a JSON pointer; with the nearest node above it if there is none. */
  ConfigProblem problem(String pointer, String message) {
    JsonNode node = root.at(pointer);
    String nearest = pointer;
    // One that is missing stands nowhere, one that came out of the environment not in the file.
    while (!(node instanceof TokenStreamLocationAware) && !nearest.isEmpty()) {
      nearest = nearest.substring(0, nearest.lastIndexOf('/'));
      node = root.at(nearest);
    }
    JsonLocation location = JsonNodes.tokenStreamLocationOf(node);
    int line = location == null ? 0 : location.getLineNr();
    int column = location == null ? 0 : location.getColumnNr();
    return new ConfigProblem(file, line, column, keyOf(pointer), message);
  }

  /** A key as a step of a JSON pointer: {@code host/db} is one key. */
  static String step(String key) {
    return key.replace("~", "~0").replace("/", "~1");
  }

  /** {@code /checks/0/interval} as people write it: {@code checks[0].interval}. */
  private static String keyOf(String pointer) {
    StringBuilder key = new StringBuilder();
    for (String step : pointer.split("/")) {
      if (step.isEmpty()) {
        continue;
      }
      if (step.chars().allMatch(Character::isDigit)) {
        key.append('[').append(step).append(']');
      } else {
        key.append(key.isEmpty() ? "" : ".").append(step.replace("~1", "/").replace("~0", "~"));
      }
    }
    return key.toString();
  }
}
