package io.tocsin.config;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import java.io.IOException;
import java.time.Duration;

/**
 * Durations as people write them: {@code 500ms}, {@code 2s}, {@code 5m}, {@code 1h}, {@code 7d}.
 */
final class DurationText extends StdScalarDeserializer<Duration> {

  private static final long serialVersionUID = 1L;

  DurationText() {
    super(Duration.class);
  }

  @Override
  public Duration deserialize(JsonParser parser, DeserializationContext context)
      throws IOException {
    return parse(parser.getText());
  }

  /** Reads a text that the JSON schema has already accepted. */
  static Duration parse(String text) {
    int unitAt = text.endsWith("ms") ? text.length() - 2 : text.length() - 1;
    long number = Long.parseLong(text.substring(0, unitAt));
    return switch (text.substring(unitAt)) {
      case "ms" -> Duration.ofMillis(number);
      case "s" -> Duration.ofSeconds(number);
      case "m" -> Duration.ofMinutes(number);
      case "h" -> Duration.ofHours(number);
      case "d" -> Duration.ofDays(number);
      default -> throw new IllegalArgumentException("not a duration: " + text);
    };
  }
}
