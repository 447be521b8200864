package io.tocsin.alerting.evaluate;

import java.time.Instant;
import java.util.List;
import java.util.TreeMap;

/**
 * What the callers of a resource and the resource itself measure in one window.
 *
 * @param callee id of the called resource
 * @param at event time at which the window begins
 * @param callers ids of the callers, in alphabetical order
 * @param atCallers what they measure, in the same order
 * @param atCallees what the called end measures of each, in the same order
 */
public record EdgeTick(
    String callee,
    Instant at,
    List<String> callers,
    List<Double> atCallers,
    List<Double> atCallees) {

  /** One caller of the window more; of two words of one caller the larger difference counts. */
  EdgeTick with(String caller, double atCaller, double atCallee) {
    TreeMap<String, Double> calling = new TreeMap<>();
    TreeMap<String, Double> called = new TreeMap<>();
    for (int i = 0; i < callers.size(); i++) {
      calling.put(callers.get(i), atCallers.get(i));
      called.put(callers.get(i), atCallees.get(i));
    }
    int known = callers.indexOf(caller);
    if (known < 0 || atCaller - atCallee > difference(known)) {
      calling.put(caller, atCaller);
      called.put(caller, atCallee);
    }
    return new EdgeTick(
        callee,
        at,
        List.copyOf(calling.keySet()),
        List.copyOf(calling.values()),
        List.copyOf(called.values()));
  }

  /** Which caller measures the least beyond what the called end does; -1 without callers. */
  int least() {
    int least = -1;
    for (int i = 0; i < callers.size(); i++) {
      if (least < 0 || difference(i) < difference(least)) {
        least = i;
      }
    }
    return least;
  }

  double difference(int index) {
    return atCallers.get(index) - atCallees.get(index);
  }
}
