package io.tocsin.alerting.job;

import java.util.HashMap;
import java.util.Map;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/**
 * One of Flink's counters per value of a tag. The values come from the program, so they are few.
 */
final class Counters {

  private final MetricGroup group;
  private final String name;
  private final String tag;
  private final Map<String, Counter> counters = new HashMap<>();

  Counters(MetricGroup group, String name, String tag) {
    this.group = group;
    this.name = name;
    this.tag = tag;
  }

  void count(String value) {
    counters.computeIfAbsent(value, key -> group.addGroup(tag, key).counter(name)).inc();
  }
}
