package io.tocsin.cli.top;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the board shows, as the API said it last.
 *
 * @param incidents open ones, most urgent first
 * @param kinds how many resources of each kind are in each state, worst state first
 * @param troubled resources that are not OK, worst first
 * @param parts what each part of the pipeline says of itself
 * @param residentBytes memory of the pipeline
 * @param at when the API said so
 * @param trouble why it is not newer; empty if it is
 */
public record Board(
    List<Row> incidents,
    Map<String, Map<String, Integer>> kinds,
    List<Troubled> troubled,
    Map<String, String> parts,
    long residentBytes,
    Instant at,
    String trouble) {

  /** Nothing yet. */
  public static final Board EMPTY =
      new Board(List.of(), Map.of(), List.of(), Map.of(), 0, Instant.EPOCH, "connecting");

  /**
   * One open incident. {@code dueAt} is when the next promise has to be kept; null if none runs.
   */
  public record Row(
      String id,
      String priority,
      String state,
      String resource,
      String summary,
      Instant since,
      Instant dueAt,
      String taken) {}

  /** One resource in trouble. */
  public record Troubled(String id, String state) {}

  /** From the API's answers to incidents, fleet and readiness. */
  public static Board of(JsonNode incidents, JsonNode fleet, JsonNode readiness, Instant now) {
    List<Row> rows = new ArrayList<>();
    incidents.forEach(each -> rows.add(row(each)));
    Map<String, String> parts = new TreeMap<>();
    readiness
        .path("parts")
        .properties()
        .forEach(part -> parts.put(part.getKey(), part.getValue().asText()));
    return new Board(
        rows,
        kinds(fleet),
        troubled(fleet),
        parts,
        readiness.path("residentBytes").asLong(),
        now,
        "");
  }

  /** The same, said to be old. */
  public Board withTrouble(String why) {
    return new Board(incidents, kinds, troubled, parts, residentBytes, at, why);
  }

  private static Row row(JsonNode incident) {
    Instant due = null;
    for (JsonNode promise : incident.path("promises")) {
      if (due == null && promise.path("metAt").isNull() && promise.hasNonNull("dueAt")) {
        due = Instant.parse(promise.path("dueAt").asText());
      }
    }
    return new Row(
        incident.path("id").asText(),
        incident.path("priority").asText(),
        incident.path("state").asText(),
        incident.path("resource").asText(),
        incident.path("summary").asText(),
        Instant.parse(incident.path("startedAt").asText()),
        due,
        incident.path("acknowledgement").path("by").asText(""));
  }

  private static Map<String, Map<String, Integer>> kinds(JsonNode fleet) {
    Map<String, Map<String, Integer>> counts = new LinkedHashMap<>();
    JsonNode states = fleet.path("states");
    for (JsonNode kind : fleet.path("kinds")) {
      Map<String, Integer> none = new LinkedHashMap<>();
      for (int i = states.size() - 1; i >= 0; i--) {
        none.put(states.get(i).asText(), 0);
      }
      counts.put(kind.asText(), none);
    }
    for (JsonNode resource : fleet.path("resources")) {
      String kind = fleet.path("kinds").path(resource.path(2).asInt()).asText();
      String state = states.path(resource.path(4).asInt()).asText();
      counts.computeIfAbsent(kind, any -> new LinkedHashMap<>()).merge(state, 1, Integer::sum);
    }
    return counts;
  }

  private static List<Troubled> troubled(JsonNode fleet) {
    List<JsonNode> bad = new ArrayList<>();
    for (JsonNode resource : fleet.path("resources")) {
      if (resource.path(4).asInt() > 0) {
        bad.add(resource);
      }
    }
    bad.sort(
        java.util.Comparator.comparingInt((JsonNode each) -> -each.path(4).asInt())
            .thenComparing(each -> each.path(0).asText()));
    return bad.stream()
        .map(
            each ->
                new Troubled(
                    each.path(0).asText(),
                    fleet.path("states").path(each.path(4).asInt()).asText()))
        .toList();
  }
}
