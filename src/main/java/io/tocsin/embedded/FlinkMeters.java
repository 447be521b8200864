package io.tocsin.embedded;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.Tags;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Metric;
import org.apache.flink.metrics.MetricConfig;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.reporter.MetricReporter;

/**
 * Shows our own counters in Flink jobs, and what tells of a job's health, among the program's
 * meters; Flink's thousand others stay with Flink. Goes through Micrometer's global registry,
 * because Flink makes its reporters itself.
 */
public final class FlinkMeters implements MetricReporter {

  private static final String OURS = "tocsin";

  private static final Set<String> OF_A_JOB =
      Set.of(
          "numRestarts",
          "numberOfCompletedCheckpoints",
          "numberOfFailedCheckpoints",
          "lastCheckpointDuration",
          "lastCheckpointSize");

  private final Map<Metric, Meter> meters = new ConcurrentHashMap<>();

  @Override
  public void open(MetricConfig config) {
    // nothing to set
  }

  @Override
  public void notifyOfAddedMetric(Metric metric, String name, MetricGroup group) {
    if (metric instanceof Counter counter && name.startsWith(OURS)) {
      Meter meter =
          FunctionCounter.builder(name.replace('_', '.'), counter, Counter::getCount)
              .tags(ourTags(group))
              .register(Metrics.globalRegistry);
      meters.put(metric, meter);
    } else if (metric instanceof org.apache.flink.metrics.Gauge<?> gauge
        && OF_A_JOB.contains(name)) {
      Meter meter =
          Gauge.builder("tocsin.flink." + name, gauge, FlinkMeters::number)
              .tag("job", group.getAllVariables().getOrDefault("<job_name>", "unknown"))
              .register(Metrics.globalRegistry);
      meters.put(metric, meter);
    }
  }

  /** The key and value that the counter was grouped by; the rest says where in Flink it is. */
  private static Tags ourTags(MetricGroup group) {
    Map<String, String> variables = group.getAllVariables();
    Tags tags = Tags.empty();
    for (String key : new String[] {"reason", "topic"}) {
      String value = variables.get("<" + key + ">");
      tags = value == null ? tags : tags.and(key, value);
    }
    return tags;
  }

  private static double number(org.apache.flink.metrics.Gauge<?> gauge) {
    return gauge.getValue() instanceof Number number ? number.doubleValue() : Double.NaN;
  }

  @Override
  public void notifyOfRemovedMetric(Metric metric, String name, MetricGroup group) {
    Meter meter = meters.remove(metric);
    if (meter != null) {
      Metrics.globalRegistry.remove(meter);
    }
  }

  @Override
  public void close() {
    meters.values().forEach(Metrics.globalRegistry::remove);
    meters.clear();
  }
}
