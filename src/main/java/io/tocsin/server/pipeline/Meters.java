package io.tocsin.server.pipeline;

import io.micrometer.core.instrument.Measurement;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Statistic;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The program's own figures as plain numbers, {@value #MOST} at most; Prometheus gets them all. */
final class Meters {

  static final int MOST = 1_000;
  private static final String OURS = "tocsin.";

  private Meters() {}

  /** Those of this program, by name and tags, such as {@code tocsin.api.x{outcome=good}}. */
  static Map<String, Double> of(MeterRegistry registry) {
    Map<String, Double> all = new TreeMap<>();
    for (Meter meter : registry.getMeters()) {
      if (meter.getId().getName().startsWith(OURS) && all.size() < MOST) {
        for (Measurement measured : meter.measure()) {
          double value = measured.getValue();
          if (Double.isFinite(value)) {
            all.put(name(meter, measured.getStatistic()), value);
          }
        }
      }
    }
    return all;
  }

  private static String name(Meter meter, Statistic statistic) {
    String tags =
        meter.getId().getTags().stream()
            .map(tag -> tag.getKey() + "=" + tag.getValue())
            .collect(Collectors.joining(","));
    String suffix =
        switch (statistic) {
          case COUNT, VALUE, ACTIVE_TASKS, UNKNOWN -> "";
          case TOTAL -> ".total";
          case TOTAL_TIME, DURATION -> ".seconds";
          case MAX -> ".max";
        };
    return meter.getId().getName() + suffix + (tags.isEmpty() ? "" : "{" + tags + "}");
  }
}
