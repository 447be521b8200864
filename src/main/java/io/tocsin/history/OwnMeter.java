package io.tocsin.history;

import io.micrometer.core.instrument.Measurement;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Statistic;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A meter of the program that history keeps. There are few, each with few keys, so that what the
 * program knows of itself cannot outgrow what it knows of others; all others are at {@code
 * /metrics}.
 *
 * @param name in history
 * @param meter its name in the program
 * @param prefix what its keys begin with; empty for none
 * @param tags what its keys are made of, in this order; meters that differ in others are added up
 */
record OwnMeter(String name, String meter, String prefix, List<String> tags) {

  /** Keys of one name at the most; what is beyond is added up under {@link #OTHERS}. */
  static final int MOST_KEYS = 40;

  static final String OTHERS = "others";

  private static final char BETWEEN = '/';

  /** All there are. */
  static final List<OwnMeter> ALL =
      List.of(
          of("samples", "tocsin.streams.samples"),
          of("windows", "tocsin.streams.windows"),
          of("refused", "tocsin.streams.refused", "samples", "reason"),
          of("refused", "tocsin.streams.latency.refused", "latency", "reason"),
          of("refused", "tocsin.streams.rollup.refused", "rollup", "reason"),
          of("dead-letters", DeadLetterCount.METER, "", "stage", "topic"),
          of("streams-lag", "tocsin.streams.lag", "", "topic"),
          of("recorder-points", "tocsin.recorder.points", "", "outcome"),
          of("recorder-lag", Recorder.LAG),
          of("deliveries", "tocsin.notify.deliveries", "", "state"),
          of("healing", "tocsin.healing.results", "", "reason"),
          of("resident-bytes", "tocsin.memory.resident.bytes"),
          of("heap-bytes", "jvm.memory.used"));

  /**
   * What a meter says.
   *
   * @param isCount whether it only grows: then its increase is of interest
   */
  record Reading(double value, boolean isCount) {}

  private static OwnMeter of(String name, String meter, String... prefixAndTags) {
    List<String> more = List.of(prefixAndTags);
    return new OwnMeter(
        name,
        meter,
        more.isEmpty() ? "" : more.get(0),
        more.isEmpty() ? List.of() : more.subList(1, more.size()));
  }

  /** What all of them say now, by name and key: {@code deliveries/delivered}. */
  static Map<String, Reading> readings(MeterRegistry registry) {
    Map<String, Reading> readings = new TreeMap<>();
    for (OwnMeter own : ALL) {
      Map<String, Reading> ofOne = new TreeMap<>();
      for (Meter meter : registry.find(own.meter).meters()) {
        own.read(meter, ofOne);
      }
      ofOne.forEach((id, reading) -> readings.merge(id, reading, OwnMeter::sum));
    }
    return readings;
  }

  private void read(Meter meter, Map<String, Reading> into) {
    // Not the heap is many things: code, classes, buffers.
    if (meter.getId().getName().equals("jvm.memory.used")
        && !"heap".equals(meter.getId().getTag("area"))) {
      return;
    }
    String id = id(meter.getId());
    for (Measurement measured : meter.measure()) {
      if (Double.isFinite(measured.getValue())) {
        boolean isCount = measured.getStatistic() == Statistic.COUNT;
        String kept =
            into.containsKey(id) || into.size() < MOST_KEYS ? id : name + BETWEEN + OTHERS;
        into.merge(kept, new Reading(measured.getValue(), isCount), OwnMeter::sum);
      }
    }
  }

  private static Reading sum(Reading one, Reading other) {
    return new Reading(one.value + other.value, one.isCount);
  }

  private String id(Meter.Id of) {
    List<String> words = new ArrayList<>(List.of(name));
    if (!prefix.isEmpty()) {
      words.add(prefix);
    }
    for (String tag : tags) {
      String value = of.getTag(tag);
      if (value != null) {
        words.add(value);
      }
    }
    return Line.clean(String.join(String.valueOf(BETWEEN), words));
  }

  /** Tags that say its name and its key apart from each other. */
  static void tags(Line line, String id) {
    int end = id.indexOf(BETWEEN);
    line.tag("name", end < 0 ? id : id.substring(0, end));
    line.tag("key", end < 0 ? "" : id.substring(end + 1));
  }
}
