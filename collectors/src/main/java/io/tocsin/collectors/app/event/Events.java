package io.tocsin.collectors.app.event;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import io.tocsin.collectors.app.figure.Figure;
import io.tocsin.collectors.app.figure.Labels;
import io.tocsin.collectors.app.figure.Malformed;
import io.tocsin.schemas.MeasurementType;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Business events as figures: one JSON object or an array of them. Keys: {@code name} (needed),
 * {@code service}, {@code value} (default 1), {@code type} ({@code delta}, the default: so much
 * more; {@code gauge}: so much now; {@code counter}: so much so far), {@code unit}, {@code labels}
 * (text, numbers, truth values) and {@code at} (RFC 3339 or milliseconds since 1970; default: now).
 * A key that is not known rejects its event, or a misspelt {@code valeu} would count as 1.
 */
public final class Events {

  private static final Set<String> KEYS =
      Set.of("name", "service", "value", "type", "unit", "labels", "at");

  private static final int LONGEST_NAME = 255;

  /** Some 30,000 years around 1970. */
  private static final long FARTHEST = 1_000_000_000_000_000L;

  private static final ObjectReader JSON = new ObjectMapper().reader();

  /** Takes what is wrong with an event. */
  @FunctionalInterface
  public interface BadEvents {
    /** One bad event; indices start at 0. */
    void bad(int index, String what);
  }

  private Events() {}

  /**
   * Reads a body.
   *
   * @return how many events it has
   * @throws Malformed if it is not JSON, or neither object nor array
   */
  public static int read(byte[] body, int length, Consumer<Figure> figures, BadEvents badEvents)
      throws Malformed {
    // One event at a time: a whole body as a tree takes many times its size.
    try (JsonParser json = JSON.createParser(body, 0, length)) {
      JsonToken first = json.nextToken();
      if (first != JsonToken.START_ARRAY && first != JsonToken.START_OBJECT) {
        throw new Malformed("the body is neither an object nor an array of objects");
      }
      int events = 0;
      if (first == JsonToken.START_OBJECT) {
        one(json.readValueAsTree(), events++, figures, badEvents);
      } else {
        while (json.nextToken() != JsonToken.END_ARRAY) {
          one(json.readValueAsTree(), events++, figures, badEvents);
        }
      }
      if (json.nextToken() != null) {
        throw new Malformed("something follows the events");
      }
      return events;
    } catch (JsonProcessingException e) {
      throw new Malformed(
          e.getLocation() == null
              ? "the body is no JSON"
              : "the body is no JSON: line %d, column %d"
                  .formatted(e.getLocation().getLineNr(), e.getLocation().getColumnNr()));
    } catch (IOException e) {
      throw new Malformed("the body is no JSON in UTF-8");
    }
  }

  private static void one(JsonNode event, int index, Consumer<Figure> figures, BadEvents bad) {
    try {
      figures.accept(figure(event));
    } catch (Malformed e) {
      bad.bad(index, e.getMessage());
    }
  }

  private static Figure figure(JsonNode event) throws Malformed {
    if (!event.isObject()) {
      throw new Malformed("it is no object");
    }
    for (Map.Entry<String, JsonNode> key : event.properties()) {
      if (!KEYS.contains(key.getKey())) {
        throw new Malformed("it has a key that is not known; known are " + known());
      }
    }
    String name = text(event, "name", LONGEST_NAME);
    if (name == null) {
      throw new Malformed("name is missing");
    }
    String unit = text(event, "unit", 63);
    return new Figure(
        name,
        labels(event.path("labels")),
        type(text(event, "type", 10)),
        unit == null ? "" : unit,
        value(event.path("value")),
        null,
        null,
        at(event.path("at")),
        text(event, "service", LONGEST_NAME),
        true);
  }

  private static String known() {
    return String.join(", ", KEYS.stream().sorted().toList());
  }

  private static boolean absent(JsonNode node) {
    return node.isMissingNode() || node.isNull();
  }

  private static String text(JsonNode event, String key, int longest) throws Malformed {
    JsonNode node = event.path(key);
    if (absent(node)) {
      return null;
    }
    if (!node.isTextual() || node.textValue().isBlank() || node.textValue().length() > longest) {
      throw new Malformed(key + " is no text of 1 to " + longest + " characters");
    }
    return node.textValue();
  }

  private static double value(JsonNode node) throws Malformed {
    if (absent(node)) {
      return 1;
    }
    double value = node.isNumber() ? node.doubleValue() : Double.NaN;
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      throw new Malformed("value is no finite number");
    }
    return value;
  }

  private static MeasurementType type(String word) throws Malformed {
    return switch (word == null ? "delta" : word) {
      case "delta" -> MeasurementType.DELTA;
      case "gauge" -> MeasurementType.GAUGE;
      case "counter" -> MeasurementType.COUNTER;
      default -> throw new Malformed("type is none of delta, gauge, counter");
    };
  }

  private static Map<String, String> labels(JsonNode node) throws Malformed {
    if (absent(node)) {
      return Map.of();
    }
    if (!node.isObject()) {
      throw new Malformed("labels is no object");
    }
    Labels labels = new Labels();
    for (Map.Entry<String, JsonNode> label : node.properties()) {
      if (!label.getValue().isValueNode()) {
        throw new Malformed("a label is neither text, number nor truth value");
      }
      if (!label.getValue().isNull()) {
        labels.add(label.getKey(), label.getValue().asText());
      }
    }
    return labels.toMap();
  }

  private static Instant at(JsonNode node) throws Malformed {
    if (absent(node)) {
      return null;
    }
    if (node.isIntegralNumber() && node.canConvertToLong()) {
      long millis = node.longValue();
      if (Math.abs(millis) > FARTHEST || millis == Long.MIN_VALUE) {
        throw new Malformed("at is too far away; it is in milliseconds since 1970");
      }
      return Instant.ofEpochMilli(millis);
    }
    try {
      if (node.isTextual()) {
        return OffsetDateTime.parse(node.textValue()).toInstant();
      }
    } catch (DateTimeException e) {
      // told below
    }
    throw new Malformed("at is neither RFC 3339 nor milliseconds since 1970");
  }
}
