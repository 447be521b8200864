package io.tocsin.history;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.UncheckedIOException;

/** An answer of history as JSON, written row by row. */
public final class HistoryJson {

  private HistoryJson() {}

  /**
   * Asks and writes.
   *
   * @throws HistoryException if the store gives no answer, or no whole one
   * @throws IOException if the answer cannot be written
   */
  public static void write(HistoryStore store, HistoryQuery query, JsonGenerator json)
      throws HistoryException, IOException {
    json.writeStartObject();
    json.writeStringField("from", query.from().toString());
    json.writeStringField("to", query.to().toString());
    json.writeNumberField("stepSeconds", query.step().toSeconds());
    json.writeStringField("aggregate", QueryWords.lower(query.aggregate().name()));
    json.writeArrayFieldStart("figures");
    for (HistoryFigure figure : query.catalogued()) {
      json.writeStartObject();
      json.writeStringField("name", figure.name());
      json.writeStringField("unit", figure.unit());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeArrayFieldStart("rows");
    try {
      store.read(query, row -> row(row, json));
    } catch (UncheckedIOException unwritten) {
      throw unwritten.getCause();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void row(HistoryRow row, JsonGenerator json) {
    try {
      json.writeStartObject();
      json.writeStringField("at", row.at().toString());
      json.writeStringField("resource", row.resource());
      if (!row.part().isEmpty()) {
        json.writeStringField("part", row.part());
      }
      json.writeArrayFieldStart("values");
      for (double value : row.values()) {
        if (Double.isNaN(value)) {
          json.writeNull();
        } else {
          json.writeNumber(value);
        }
      }
      json.writeEndArray();
      json.writeEndObject();
    } catch (IOException unwritten) {
      throw new UncheckedIOException(unwritten);
    }
  }
}
