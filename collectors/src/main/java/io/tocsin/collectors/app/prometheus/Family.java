package io.tocsin.collectors.app.prometheus;

import java.util.Map;

/**
 * What a target says of a group of series.
 *
 * @param name as in its {@code # TYPE} line
 * @param type as in its {@code # TYPE} line
 * @param unit UCUM unit; empty if not known
 */
record Family(String name, Type type, String unit) {

  /** The types of both formats; an unknown word is UNKNOWN. */
  enum Type {
    COUNTER,
    GAUGE,
    HISTOGRAM,
    SUMMARY,
    UNKNOWN;

    /** Those of which only single series make sense to us are gauges. */
    static Type of(String word) {
      return switch (word) {
        case "counter" -> COUNTER;
        case "gauge", "info", "stateset" -> GAUGE;
        case "histogram" -> HISTOGRAM;
        case "summary" -> SUMMARY;
        default -> UNKNOWN;
      };
    }
  }

  /** What a sample line is to its family. */
  enum Part {
    VALUE,
    TOTAL,
    BUCKET,
    QUANTILE,
    SUM,
    COUNT,
    CREATED
  }

  /** A family and the part that a name plays in it. */
  record Role(Family family, Part part) {}

  /** Base units by the words that names end in (prometheus.io/docs/practices/naming). */
  private static final Map<String, String> UCUM =
      Map.of(
          "seconds", "s",
          "milliseconds", "ms",
          "microseconds", "us",
          "bytes", "By",
          "ratio", "1",
          "celsius", "Cel",
          "volts", "V",
          "amperes", "A",
          "joules", "J",
          "meters", "m");

  /** The UCUM unit for a word; empty if there is none. */
  static String unit(String word) {
    return UCUM.getOrDefault(word, "");
  }

  /** The unit that a name ends in, {@code _total} aside. */
  static String unitOf(String name) {
    int end = name.endsWith("_total") ? name.length() - "_total".length() : name.length();
    return unit(name.substring(name.lastIndexOf('_', end - 1) + 1, end));
  }

  /** The part that a name plays whose family's name is followed by {@code suffix}; or null. */
  Part part(String suffix, boolean openMetrics) {
    return switch (type) {
      case HISTOGRAM ->
          switch (suffix) {
            case "_bucket" -> Part.BUCKET;
            case "_sum" -> Part.SUM;
            case "_count" -> Part.COUNT;
            case "_created" -> openMetrics ? Part.CREATED : null;
            default -> null;
          };
      case SUMMARY ->
          switch (suffix) {
            case "" -> Part.QUANTILE;
            case "_sum" -> Part.SUM;
            case "_count" -> Part.COUNT;
            case "_created" -> openMetrics ? Part.CREATED : null;
            default -> null;
          };
      case COUNTER ->
          switch (suffix) {
            case "" -> Part.VALUE;
            case "_total" -> openMetrics ? Part.TOTAL : null;
            case "_created" -> openMetrics ? Part.CREATED : null;
            default -> null;
          };
      case GAUGE, UNKNOWN -> suffix.isEmpty() ? Part.VALUE : null;
    };
  }
}
