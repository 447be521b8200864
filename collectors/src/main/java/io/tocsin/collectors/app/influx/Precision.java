package io.tocsin.collectors.app.influx;

import java.time.Instant;
import java.util.Optional;

/** The unit of a body's timestamps; the words are those of both write APIs, v1 and v2. */
public enum Precision {
  NANOSECONDS(1_000_000, 1),
  MICROSECONDS(1_000, 1),
  MILLISECONDS(1, 1),
  SECONDS(1, 1_000),
  MINUTES(1, 60_000),
  HOURS(1, 3_600_000);

  /** Some 30,000 years around 1970: what every clock and every database can still write down. */
  private static final long FARTHEST = 1_000_000_000_000_000L;

  private final long perMilli;
  private final long millis;

  Precision(long perMilli, long millis) {
    this.perMilli = perMilli;
    this.millis = millis;
  }

  /** The precision for the word of a query; nanoseconds where there is none. */
  public static Optional<Precision> of(String word) {
    return switch (word == null ? "" : word) {
      case "", "n", "ns" -> Optional.of(NANOSECONDS);
      case "u", "us", "µ" -> Optional.of(MICROSECONDS);
      case "ms" -> Optional.of(MILLISECONDS);
      case "s" -> Optional.of(SECONDS);
      case "m" -> Optional.of(MINUTES);
      case "h" -> Optional.of(HOURS);
      default -> Optional.empty();
    };
  }

  /** The moment, to the millisecond; null if it is too far away. */
  Instant at(long timestamp) {
    long whole = Math.floorDiv(timestamp, perMilli);
    long farthest = FARTHEST / millis;
    return whole > farthest || whole < -farthest ? null : Instant.ofEpochMilli(whole * millis);
  }
}
