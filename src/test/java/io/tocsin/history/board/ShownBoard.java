package io.tocsin.history.board;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/** A board's file as Grafana takes it apart. */
record ShownBoard(String file, JsonNode root) {

  static List<ShownBoard> all(Store store) {
    List<ShownBoard> boards = new ArrayList<>();
    Boards.files(store).forEach((file, text) -> boards.add(new ShownBoard(file, tree(text))));
    return boards;
  }

  private static JsonNode tree(String text) {
    try {
      return new ObjectMapper().readTree(text);
    } catch (JsonProcessingException wrong) {
      throw new AssertionError(wrong);
    }
  }

  List<JsonNode> panels() {
    return list(root.get("panels")).stream()
        .filter(panel -> !panel.get("type").asText().equals("row"))
        .toList();
  }

  List<JsonNode> variables() {
    return list(root.get("templating").get("list"));
  }

  static List<JsonNode> targets(JsonNode panel) {
    return list(panel.get("targets"));
  }

  private static List<JsonNode> list(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).toList();
  }

  /** The values behind the names that a custom variable lists as {@code name : value}. */
  static List<String> listed(JsonNode variable) {
    return Arrays.stream(variable.get("query").asText().split(","))
        .map(each -> each.split(" : ")[1])
        .toList();
  }

  /** Replaces what Grafana replaces. */
  static String filledIn(String text, Map<String, String> macros) {
    String filled = text;
    for (Map.Entry<String, String> macro : macros.entrySet()) {
      filled = filled.replace(macro.getKey(), macro.getValue());
    }
    return filled;
  }
}
