package io.tocsin.alerting.replay.trace;

import io.tocsin.alerting.detect.Baseline;
import io.tocsin.alerting.detect.BaselineSettings;
import io.tocsin.alerting.detect.BaselineState;
import io.tocsin.alerting.detect.EdgeDifference;
import io.tocsin.alerting.detect.EdgeSettings;
import io.tocsin.alerting.detect.Saturation;
import io.tocsin.alerting.detect.SaturationSettings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the detectors say of a trace as they are shipped: the same settings for every trace, chosen
 * by what a field means. Shares of capacity ({@code cpu-percent}, {@code memory-percent}) are
 * watched for saturation, calls ({@code caller-latency} with {@code callee-latency}) for a
 * difference of their ends, and numbers of which nothing is known ({@code value}) for departing
 * from their own past.
 */
public final class ShippedDetection {

  private static final String CALLER = "caller-latency";
  private static final String CALLEE = "callee-latency";
  private static final String ENDS = ">";

  private final Baseline baseline = new Baseline(BaselineSettings.DEFAULT);
  private final EdgeDifference edges = new EdgeDifference(EdgeSettings.DEFAULT);
  private final Map<String, Saturation> saturations =
      Map.of(
          "cpu-percent", new Saturation(SaturationSettings.DEFAULT),
          "memory-percent", new Saturation(SaturationSettings.MEMORY));

  private final Map<String, BaselineState> baselines = new HashMap<>();
  private final Map<String, EdgeDifference.State> callees = new HashMap<>();
  private final Map<String, Saturation.State> spells = new HashMap<>();
  private final Set<String> suspected = new HashSet<>();
  private final Map<String, TreeSet<String>> members = new HashMap<>();
  private final List<Alarm> alarms = new ArrayList<>();

  private ShippedDetection() {}

  /** The alarms on a trace, in order of time. */
  public static List<Alarm> alarms(Trace trace) {
    ShippedDetection detection = new ShippedDetection();
    trace.rows().forEach(detection::take);
    return List.copyOf(detection.alarms);
  }

  private void take(TraceRow row) {
    if (row.service() != null) {
      members.computeIfAbsent(row.service(), name -> new TreeSet<>()).add(row.resource());
    }
    saturations.forEach((field, saturation) -> saturation(row, field, saturation));
    baseline(row);
    edge(row);
  }

  private void saturation(TraceRow row, String field, Saturation saturation) {
    if (row.fields().containsKey(field)) {
      Saturation.State before =
          spells.getOrDefault(row.resource() + " " + field, Saturation.State.empty());
      Saturation.Judged judged = saturation.update(before, row.at(), row.fields().get(field));
      spells.put(row.resource() + " " + field, judged.state());
      if (judged.change() == Saturation.Change.OPENED) {
        String kind = field.startsWith("cpu") ? "CPU" : "MEMORY";
        alarms.add(new Alarm(row.at(), row.resource(), kind));
      }
    }
  }

  private void baseline(TraceRow row) {
    if (row.fields().containsKey("value")) {
      BaselineState before = baselines.getOrDefault(row.resource(), BaselineState.empty());
      Baseline.Judged judged = baseline.update(before, row.at(), row.fields().get("value"));
      baselines.put(row.resource(), judged.state());
      if (judged.isAlarm()) {
        alarms.add(new Alarm(row.at(), row.resource(), "anomaly"));
      }
    }
  }

  private void edge(TraceRow row) {
    int at = row.resource().indexOf(ENDS);
    if (at < 0 || !row.fields().containsKey(CALLER) || !row.fields().containsKey(CALLEE)) {
      return;
    }
    String caller = row.resource().substring(0, at);
    String callee = row.resource().substring(at + ENDS.length());
    EdgeDifference.State before = callees.getOrDefault(callee, EdgeDifference.State.of(callee));
    EdgeDifference.Judged judged =
        edges.update(before, caller, row.at(), row.fields().get(CALLER), row.fields().get(CALLEE));
    callees.put(callee, judged.state());
    if (judged.deviation().isPresent()) {
      suspect(row, callee, judged);
    }
  }

  /**
   * An alarm is raised when the score crosses the line, not again for as long as it stays above.
   */
  private void suspect(TraceRow row, String callee, EdgeDifference.Judged judged) {
    if (!judged.isAlarm()) {
      suspected.remove(callee);
    } else if (suspected.add(callee)) {
      members
          .getOrDefault(callee, new TreeSet<>(List.of(callee)))
          .forEach(member -> alarms.add(new Alarm(row.at(), member, "NETWORK")));
    }
  }
}
