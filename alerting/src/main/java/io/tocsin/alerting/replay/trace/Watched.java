package io.tocsin.alerting.replay.trace;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * How long a resource was watched. Alarms before {@code from} do not count, neither way.
 *
 * @param resource its name
 * @param from when judging begins
 * @param to time of its last row
 */
public record Watched(String resource, Instant from, Instant to) {

  double days() {
    return Duration.between(from, to).toMillis() / (double) Duration.ofDays(1).toMillis();
  }

  /**
   * The spans of all resources of a trace that are of a kind.
   *
   * @param probation share of each resource's rows that is for learning alone, 0 to less than 1;
   *     the Numenta Anomaly Benchmark takes 0.15
   */
  public static List<Watched> of(Trace trace, String kind, double probation) {
    Map<String, List<Instant>> times =
        trace.rows().stream()
            .filter(row -> row.kind().equals(kind))
            .collect(
                Collectors.groupingBy(
                    TraceRow::resource,
                    TreeMap::new,
                    Collectors.mapping(TraceRow::at, Collectors.toList())));
    List<Watched> spans = new ArrayList<>();
    times.forEach(
        (resource, at) ->
            spans.add(
                new Watched(
                    resource, at.get((int) (probation * at.size())), at.get(at.size() - 1))));
    return spans;
  }
}
