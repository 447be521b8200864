package io.tocsin.delivery;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What matters of an instance's {@code /metrics}: its version, since when its process runs, and
 * what it counts that should not happen.
 *
 * @param version empty where it does not tell
 * @param startedAt in seconds of Unix time; 0 where it does not tell
 * @param troubles by counter and tags, as written there
 */
record OwnMetrics(String version, long startedAt, Map<String, Double> troubles) {

  /** Whatever these count is wrong. */
  private static final Set<String> TROUBLES =
      Set.of(
          "tocsin_streams_threads_total",
          "tocsin_streams_unsent_total",
          "tocsin_healing_reading_failures_total",
          "tocsin_healing_unacknowledged_total",
          "tocsin_notify_reading_failures_total",
          "tocsin_notify_writing_failures_total",
          "tocsin_notify_channel_failures_total");

  /** These count by outcome; the outcomes that are wrong, beats that did not come among them. */
  private static final Map<String, Set<String>> OUTCOMES =
      Map.of(
          "tocsin_watchdog_signs_total", Set.of("silent", "failed"),
          "tocsin_recorder_points_total", Set.of("refused"),
          "tocsin_recorder_meters_total", Set.of("lost"),
          "tocsin_recorder_hours_total", Set.of("failed"));

  private static final Pattern LINE =
      Pattern.compile("([a-z_]+)(\\{[^}]*})? ([0-9.eE+-]+)(?: [0-9]+)?");

  private static final Pattern VERSION = Pattern.compile("version=\"([^\"\\\\]*)\"");
  private static final Pattern OUTCOME = Pattern.compile("outcome=\"([^\"\\\\]*)\"");

  /** Reads what an instance shows; lines that are none of these are passed over. */
  static OwnMetrics of(String exposition) {
    String version = "";
    long startedAt = 0;
    Map<String, Double> troubles = new HashMap<>();
    for (String line : (Iterable<String>) exposition.lines()::iterator) {
      Matcher match = LINE.matcher(line);
      if (!match.matches()) {
        continue;
      }
      String name = match.group(1);
      String tags = match.group(2) == null ? "" : match.group(2);
      if (name.equals("tocsin_build_info")) {
        version = first(VERSION, tags);
      } else if (name.equals("process_start_time_seconds")) {
        startedAt = (long) Double.parseDouble(match.group(3));
      } else if (TROUBLES.contains(name)
          || OUTCOMES.getOrDefault(name, Set.of()).contains(first(OUTCOME, tags))) {
        troubles.put(name + tags, Double.parseDouble(match.group(3)));
      }
    }
    return new OwnMetrics(version, startedAt, troubles);
  }

  private static String first(Pattern pattern, String text) {
    Matcher match = pattern.matcher(text);
    return match.find() ? match.group(1) : "";
  }
}
