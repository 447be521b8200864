package io.tocsin.collectors.app.figure;

import io.tocsin.schemas.Distribution;
import io.tocsin.schemas.MeasurementType;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * One value of one series as its source tells it, before the mapping says what it means.
 *
 * @param name as the source calls it, not empty
 * @param labels what tells the series from others of its name; text that nobody has checked
 * @param type how to read the value
 * @param unit UCUM unit; empty where the source does not say
 * @param value the value, finite; 0 for a distribution
 * @param distribution the values of a DISTRIBUTION, otherwise null
 * @param startedAt when counting began; null where the source does not say
 * @param at when it was measured; null where the source does not say
 * @param service the service as the source names it; null where it does not
 * @param event whether this is a business event, whose name is a KPI's whatever the mapping says
 */
public record Figure(
    String name,
    Map<String, String> labels,
    MeasurementType type,
    String unit,
    double value,
    Distribution distribution,
    Instant startedAt,
    Instant at,
    String service,
    boolean event) {

  /** A plain value. */
  public static Figure of(
      String name, Map<String, String> labels, MeasurementType type, double value, Instant at) {
    return new Figure(name, labels, type, "", value, null, null, at, null, false);
  }

  /** Many values. */
  public static Figure of(
      String name,
      Map<String, String> labels,
      Distribution distribution,
      Instant startedAt,
      Instant at) {
    return new Figure(
        name,
        labels,
        MeasurementType.DISTRIBUTION,
        "",
        0,
        distribution,
        startedAt,
        at,
        null,
        false);
  }

  /** The same in a unit. */
  public Figure in(String newUnit) {
    return new Figure(
        name, labels, type, newUnit, value, distribution, startedAt, at, service, event);
  }

  /** The same as a figure of a service. */
  public Figure from(String newService) {
    return new Figure(
        name, labels, type, unit, value, distribution, startedAt, at, newService, event);
  }

  /** The same with a label, unless it has one of that name. */
  public Figure with(String label, String text) {
    if (labels.containsKey(label)) {
      return this;
    }
    Map<String, String> more = new HashMap<>(labels);
    more.put(label, text);
    return new Figure(name, more, type, unit, value, distribution, startedAt, at, service, event);
  }
}
