package io.tocsin.history.board;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** A variable that the reader of a board sets. */
final class VariableJson {

  private static final String ROLLUP = "rollup/kind/";
  private static final List<String> KINDS = List.of("host", "vm", "container");

  private VariableJson() {}

  static void add(ArrayNode list, Board board, Who who, Store store) {
    ObjectNode variable = list.addObject();
    variable.put("name", who.variable());
    variable.put("label", who.variable());
    variable.put("multi", true);
    // All resources of a large fleet would be as many lines; services and kinds are few.
    variable.put("includeAll", who != Who.RESOURCES);
    if (who != Who.RESOURCES) {
      variable.putObject("current").put("text", "All").put("value", "$__all");
    }
    if (who == Who.KINDS) {
      kinds(variable);
      return;
    }
    Dialect.Question choices = store.dialect().choices(board, who);
    variable.put("type", "query");
    TargetJson.source(variable, store, choices.tier());
    variable.put("definition", choices.text());
    if (store == Store.QUESTDB) {
      variable.put("query", choices.text());
    } else {
      variable.putObject("query").put("query", choices.text()).put("refId", "choices");
    }
    variable.put("refresh", 2); // whenever the time range changes
    variable.put("sort", 1); // by name
  }

  private static void kinds(ObjectNode variable) {
    variable.put("type", "custom");
    variable.put(
        "query",
        String.join(",", KINDS.stream().map(kind -> kind + " : " + ROLLUP + kind).toList()));
    ArrayNode options = variable.putArray("options");
    option(options, "All", "$__all", true);
    KINDS.forEach(kind -> option(options, kind, ROLLUP + kind, false));
  }

  private static void option(ArrayNode options, String text, String value, boolean selected) {
    options.addObject().put("text", text).put("value", value).put("selected", selected);
  }
}
