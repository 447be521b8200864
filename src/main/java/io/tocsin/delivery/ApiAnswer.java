package io.tocsin.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import io.tocsin.alerting.healing.execute.PlainText;
import io.tocsin.delivery.signal.PipelineReading;
import io.tocsin.delivery.signal.PipelineReading.Letter;
import io.tocsin.delivery.signal.PipelineReading.OpenIncident;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the API answers, as far as it matters here. */
final class ApiAnswer {

  /** So many dead letters are in an answer at most. */
  private static final int LETTERS_SHOWN = 100;

  private static final int LONGEST = 300;

  private ApiAnswer() {}

  /**
   * Of two answers.
   *
   * @param pipeline to {@code /api/v1/pipeline}
   * @param incidents to {@code /api/v1/incidents?state=open}, all pages
   */
  static PipelineReading of(JsonNode pipeline, List<JsonNode> incidents) {
    if (!pipeline.path("lag").isArray() || !pipeline.path("deadLetters").isArray()) {
      return new PipelineReading.Silent("what answers there is not Tocsin's API");
    }
    if (pipeline.hasNonNull("lagProblem")) {
      return new PipelineReading.Silent(
          "lag is not known: " + PlainText.head(pipeline.path("lagProblem").asText(), LONGEST));
    }
    try {
      return new PipelineReading.Known(
          lag(pipeline.path("lag")),
          letters(pipeline.path("deadLetters")),
          pipeline.path("deadLetters").size() < LETTERS_SHOWN,
          refusals(pipeline.path("refusals")),
          incidents(incidents));
    } catch (DateTimeParseException foreign) {
      return new PipelineReading.Silent("what answers there writes times otherwise than Tocsin");
    }
  }

  private static Map<String, Long> lag(JsonNode lags) {
    Map<String, Long> waits = new HashMap<>();
    lags.forEach(
        lag ->
            waits.merge(
                text(lag, "group") + "/" + text(lag, "topic"),
                lag.path("lag").asLong(),
                Long::sum));
    return waits;
  }

  private static List<Letter> letters(JsonNode letters) {
    List<Letter> all = new ArrayList<>();
    letters.forEach(
        letter ->
            all.add(
                new Letter(
                    "%s/%d/%d"
                        .formatted(
                            text(letter, "topic"),
                            letter.path("partition").asInt(),
                            letter.path("offset").asLong()),
                    text(letter, "stage"),
                    text(letter, "reason"),
                    Instant.parse(letter.path("at").asText()))));
    return all;
  }

  private static Map<String, Long> refusals(JsonNode refusals) {
    Map<String, Long> counts = new HashMap<>();
    refusals.forEach(
        kind ->
            counts.merge(
                "%s/%s/%s"
                    .formatted(text(kind, "topology"), text(kind, "reason"), text(kind, "agent")),
                kind.path("count").asLong(),
                Long::sum));
    return counts;
  }

  private static List<OpenIncident> incidents(List<JsonNode> incidents) {
    return incidents.stream()
        .map(
            each ->
                new OpenIncident(
                    text(each, "id"),
                    text(each, "rule"),
                    text(each, "service"),
                    text(each, "priority"),
                    text(each, "summary"),
                    Instant.parse(each.path("startedAt").asText())))
        .toList();
  }

  private static String text(JsonNode node, String key) {
    return PlainText.head(node.path(key).asText(), LONGEST);
  }
}
