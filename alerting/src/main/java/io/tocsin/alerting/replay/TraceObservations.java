package io.tocsin.alerting.replay;

import io.tocsin.alerting.replay.trace.Trace;
import io.tocsin.alerting.replay.trace.TraceRow;
import io.tocsin.alerting.signal.Observation;
import io.tocsin.alerting.signal.SignalKind;
import io.tocsin.schemas.Resource;
import io.tocsin.schemas.ResourceKind;
import io.tocsin.schemas.Tier;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What rules would have looked at had a trace been measured by us, chosen by what a field means and
 * never by which trace it is: {@code cpu-percent} and {@code memory-percent} are a resource's
 * efficiency, {@code caller-latency} with {@code callee-latency} a call seen from both its ends,
 * {@code value} a figure that somebody has asked to be watched.
 */
final class TraceObservations {

  private static final String ENDS = ">";

  private static final Map<String, String> EFFICIENCY =
      Map.of(
          "cpu-percent", "cpu_percent_mean",
          "memory-percent", "memory_percent_mean",
          "io-percent", "io_percent_mean",
          "network-percent", "network_percent_mean");

  private final Map<String, TreeSet<String>> members = new HashMap<>();
  private final Map<String, Resource> inventory = new TreeMap<>();

  TraceObservations(Trace trace) {
    for (TraceRow row : trace.rows()) {
      if (row.service() != null) {
        members.computeIfAbsent(row.service(), none -> new TreeSet<>()).add(id(row));
      }
    }
    trace.rows().stream()
        .filter(row -> !row.resource().contains(ENDS))
        .forEach(row -> inventory.computeIfAbsent(id(row), id -> describe(id, row)));
  }

  private static Resource describe(String id, TraceRow row) {
    return Resource.newBuilder()
        .setId(id)
        .setKind(kind(row))
        .setName(row.resource())
        .setService(row.service())
        .setTier(Tier.UNSPECIFIED)
        .setUpdatedAt(row.at())
        .build();
  }

  /** Every resource of the trace. */
  Iterable<Resource> inventory() {
    return inventory.values();
  }

  /** What one row says. */
  List<Observation> of(TraceRow row) {
    List<Observation> all = new ArrayList<>();
    if (row.fields().containsKey("caller-latency") && row.resource().contains(ENDS)) {
      edge(row, all);
      return all;
    }
    Map<String, Object> figures = new HashMap<>();
    EFFICIENCY.forEach(
        (field, name) -> {
          if (row.fields().containsKey(field)) {
            figures.put(name, row.fields().get(field));
          }
        });
    if (!figures.isEmpty()) {
      all.add(observation(SignalKind.EFFICIENCY, row, id(row), "10s", Map.of(), figures));
    }
    if (row.fields().containsKey("value")) {
      Map<String, Object> watched = new HashMap<>();
      watched.put("value", row.fields().get("value"));
      watched.put("meaning", "KPI");
      watched.put("name", row.resource());
      all.add(observation(SignalKind.BUSINESS, row, id(row), "value", Map.of(), watched));
    }
    return all;
  }

  private void edge(TraceRow row, List<Observation> all) {
    int at = row.resource().indexOf(ENDS);
    String caller = row.resource().substring(0, at);
    String callee = row.resource().substring(at + ENDS.length());
    Double called = row.fields().get("callee-latency");
    if (called == null) {
      return;
    }
    Map<String, Object> figures = new HashMap<>();
    figures.put("p50_ms", row.fields().get("caller-latency") * 1_000);
    figures.put("callee_p50_ms", called * 1_000);
    figures.put("window_seconds", 60.0);
    TreeSet<String> ends =
        members.getOrDefault(callee, new TreeSet<>(List.of("service/" + callee)));
    for (String end : ends) {
      all.add(
          observation(SignalKind.LATENCY, row, end, "1m/calls", Map.of("caller", caller), figures));
    }
  }

  private Observation observation(
      SignalKind signal,
      TraceRow row,
      String id,
      String series,
      Map<String, String> labels,
      Map<String, Object> figures) {
    Resource known = inventory.get(id);
    return Observation.of(
        signal,
        id,
        known == null ? ResourceKind.SERVICE : known.getKind(),
        series,
        known == null ? row.service() : known.getService(),
        Tier.UNSPECIFIED,
        labels,
        row.at(),
        row.at(),
        0,
        figures::get);
  }

  /** The id that the inventory has for a row's resource. */
  static String id(TraceRow row) {
    return row.kind().toLowerCase(Locale.ROOT) + "/" + row.resource();
  }

  /** The name that the trace has for a resource of the inventory. */
  static String name(String id) {
    return id.substring(id.indexOf('/') + 1);
  }

  private static ResourceKind kind(TraceRow row) {
    for (ResourceKind kind : ResourceKind.values()) {
      if (kind.name().equals(row.kind())) {
        return kind;
      }
    }
    return ResourceKind.UNSPECIFIED;
  }
}
