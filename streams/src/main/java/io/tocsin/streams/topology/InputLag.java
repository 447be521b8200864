package io.tocsin.streams.topology;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.TaskMetadata;
import org.apache.kafka.streams.ThreadMetadata;

/**
 * How many records of each input partition of this instance are still to be read, as the consumers
 * count them. Kafka names the topic in the metric's tags with dots as they are or as underscores,
 * depending on its version, so partitions come from the tasks.
 */
final class InputLag {

  private static final String GROUP = "consumer-fetch-manager-metrics";
  private static final String LAG = "records-lag";

  private final KafkaStreams streams;
  private final MultiGauge gauges;

  InputLag(KafkaStreams streams, MeterRegistry meters) {
    this.streams = streams;
    this.gauges =
        MultiGauge.builder("tocsin.streams.lag")
            .description("records of an input partition that are still to be read")
            .register(meters);
  }

  /** To be called when tasks came or went: a gauge per partition of an active task. */
  void assigned() {
    List<MultiGauge.Row<?>> rows =
        streams.metadataForLocalThreads().stream()
            .map(ThreadMetadata::activeTasks)
            .flatMap(tasks -> tasks.stream().map(TaskMetadata::topicPartitions))
            .flatMap(partitions -> partitions.stream())
            .<MultiGauge.Row<?>>map(
                partition ->
                    MultiGauge.Row.of(
                        Tags.of(
                            "topic", partition.topic(),
                            "partition", Integer.toString(partition.partition())),
                        () -> of(partition.topic(), partition.partition())))
            .toList();
    gauges.register(rows, true);
  }

  private double of(String topic, int partition) {
    return byPartition().getOrDefault(key(topic, Integer.toString(partition)), Double.NaN);
  }

  /** Of all partitions together; -1 as long as no consumer has said anything. */
  long total() {
    Map<String, Double> known = byPartition();
    return known.isEmpty() ? -1 : known.values().stream().mapToLong(Double::longValue).sum();
  }

  private Map<String, Double> byPartition() {
    Map<String, Double> lags = new TreeMap<>();
    for (Metric metric : streams.metrics().values()) {
      MetricName name = metric.metricName();
      if (name.name().equals(LAG)
          && name.group().equals(GROUP)
          && !name.tags().getOrDefault("client-id", "").endsWith("-restore-consumer")
          && name.tags().containsKey("partition")
          && metric.metricValue() instanceof Double lag
          && !lag.isNaN()) {
        lags.merge(key(name.tags().get("topic"), name.tags().get("partition")), lag, Double::max);
      }
    }
    return lags;
  }

  private static String key(String topic, String partition) {
    return topic.replace('.', '_') + '/' + partition;
  }
}
