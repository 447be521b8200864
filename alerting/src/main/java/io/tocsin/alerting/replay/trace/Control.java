package io.tocsin.alerting.replay.trace;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Judges that know next to nothing. A detector that does not beat them has found nothing; their
 * scores stand beside every backtest.
 */
public enum Control {
  /** Never alarms. */
  NEVER,
  /** Alarms at every row. */
  ALWAYS,
  /** Alarms at every row whose value is above 80, whatever its unit. */
  STATIC_80,
  /** Alarms at every value above the greatest or below the least there was before. */
  NEW_EXTREME;

  private static final double STATIC_LIMIT = 80;

  /** The alarms on a field of the rows that have it. */
  public List<Alarm> alarms(Trace trace, String field) {
    List<Alarm> alarms = new ArrayList<>();
    Map<String, double[]> ranges = new HashMap<>();
    for (TraceRow row : trace.rows()) {
      Double value = row.fields().get(field);
      if (value != null && isAlarm(row.resource(), value, ranges)) {
        alarms.add(new Alarm(row.at(), row.resource(), name()));
      }
    }
    return alarms;
  }

  private boolean isAlarm(String resource, double value, Map<String, double[]> ranges) {
    return switch (this) {
      case NEVER -> false;
      case ALWAYS -> true;
      case STATIC_80 -> value > STATIC_LIMIT;
      case NEW_EXTREME -> isNewExtreme(value, ranges, resource);
    };
  }

  private static boolean isNewExtreme(double value, Map<String, double[]> ranges, String resource) {
    double[] range = ranges.get(resource);
    if (range == null) {
      ranges.put(resource, new double[] {value, value});
      return false;
    }
    boolean isNew = value < range[0] || value > range[1];
    range[0] = Math.min(range[0], value);
    range[1] = Math.max(range[1], value);
    return isNew;
  }
}
