package io.tocsin.streams.topology;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
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
final class InputLag implements Backlog {

  private static final String GROUP = "consumer-fetch-manager-metrics";
  private static final String LAG = "records-lag";

  /**
   * Consumers count with each fetch; looking through all their metrics more often tells nothing.
   */
  private static final Duration FRESH = Duration.ofMillis(500);

  private final Clock clock;
  private final MultiGauge gauges;
  private volatile KafkaStreams streams;
  private volatile Reading reading = new Reading(Instant.EPOCH, Map.of());

  private record Reading(Instant at, Map<String, Double> byPartition) {}

  InputLag(Clock clock, MeterRegistry meters) {
    this.clock = clock;
    this.gauges =
        MultiGauge.builder("tocsin.streams.lag")
            .description("records of an input partition that are still to be read")
            .register(meters);
  }

  /** The topology needs to know the backlog before there are streams to ask. */
  void watch(KafkaStreams made) {
    streams = made;
  }

  @Override
  public long of(String topic, int partition) {
    Double lag = byPartition().get(key(topic, Integer.toString(partition)));
    return lag == null ? UNKNOWN : lag.longValue();
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
                        () -> gauge(partition.topic(), partition.partition())))
            .toList();
    gauges.register(rows, true);
  }

  private double gauge(String topic, int partition) {
    long lag = of(topic, partition);
    return lag == UNKNOWN ? Double.NaN : lag;
  }

  /** Of all partitions together; -1 as long as no consumer has said anything. */
  long total() {
    Map<String, Double> known = byPartition();
    return known.isEmpty() ? -1 : known.values().stream().mapToLong(Double::longValue).sum();
  }

  private Map<String, Double> byPartition() {
    Reading last = reading;
    Instant now = clock.instant();
    if (last.at().plus(FRESH).isAfter(now)) {
      return last.byPartition();
    }
    Reading next = new Reading(now, read());
    reading = next;
    return next.byPartition();
  }

  private Map<String, Double> read() {
    Map<String, Double> lags = new TreeMap<>();
    if (streams == null) {
      return lags;
    }
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
