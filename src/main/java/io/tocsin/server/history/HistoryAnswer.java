package io.tocsin.server.history;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The form of an answer of history, for its description: the answer itself is written row by row.
 *
 * @param stepSeconds time between rows of a series
 * @param aggregate what was made of the values within a step
 */
record HistoryAnswer(
    Instant from,
    Instant to,
    long stepSeconds,
    String aggregate,
    List<FigureUnit> figures,
    List<Row> rows) {

  /** A figure that was asked for. */
  record FigureUnit(String name, String unit) {}

  /**
   * Values of a resource at a time, in the order of the figures; null where nothing was measured.
   *
   * @param part which part of the resource; left out if it has none
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Row(Instant at, String resource, String part, List<@Nullable Double> values) {}
}
