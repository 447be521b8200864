package io.tocsin.alerting.job;

import io.tocsin.schemas.exchange.SilentBroker;
import io.tocsin.schemas.topic.Cluster;
import io.tocsin.schemas.topic.Topic;
import java.util.List;
import java.util.Properties;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;

/** Reads the job's topics as raw records. */
final class Intake {

  private final StreamExecutionEnvironment env;
  private final Cluster cluster;

  Intake(StreamExecutionEnvironment env, Cluster cluster) {
    this.env = env;
    this.cluster = cluster;
  }

  /**
   * Reads topics of news by one reader: without a checkpoint, from where the group stands, or from
   * the beginning.
   *
   * @param name of the source; goes into uids
   */
  @SuppressWarnings("deprecation") // the connector's API still asks for OffsetResetStrategy
  SingleOutputStreamOperator<RawRecord> read(String name, Topic<?>... topics) {
    return read(name, OffsetsInitializer.committedOffsets(OffsetResetStrategy.EARLIEST), topics);
  }

  /**
   * Reads a topic whose records hold until newer ones come, so without a checkpoint always from the
   * beginning.
   *
   * @param name of the source; goes into uids
   */
  SingleOutputStreamOperator<RawRecord> readAll(String name, Topic<?> topic) {
    return read(name, OffsetsInitializer.earliest(), topic);
  }

  private SingleOutputStreamOperator<RawRecord> read(
      String name, OffsetsInitializer from, Topic<?>... topics) {
    // No watermarks: nothing here waits for event time to pass in general. Event times are compared
    // per series, so a partition that is idle or far behind holds up no other.
    return AlertingJob.named(
        env.fromSource(
            source(name, from, topics), WatermarkStrategy.noWatermarks(), "read-" + name),
        "read-" + name);
  }

  private KafkaSource<RawRecord> source(String name, OffsetsInitializer from, Topic<?>... topics) {
    Properties reach = new Properties();
    reach.putAll(cluster.clientSettings());
    SilentBroker.ofReader().forEach((key, value) -> reach.setProperty(key, value.toString()));
    return KafkaSource.<RawRecord>builder()
        .setProperties(reach)
        .setTopics(List.of(topics).stream().map(Topic::name).toList())
        .setGroupId("tocsin-alerting")
        .setClientIdPrefix("tocsin-alerting-" + name)
        // A checkpoint knows better than the group; the group counts only if there is no
        // checkpoint.
        .setStartingOffsets(from)
        .setDeserializer(new RawSchema())
        .setProperty("isolation.level", "read_committed")
        .setProperty("allow.auto.create.topics", "false")
        .setProperty("default.api.timeout.ms", "30000")
        // A fetch answers as soon as there is anything: probes must not wait for company.
        .setProperty("fetch.min.bytes", "1")
        .setProperty("fetch.max.wait.ms", "100")
        // Lets people see the job's lag with the broker's own tools.
        .setProperty("commit.offsets.on.checkpoint", "true")
        // How soon partitions added on the broker are noticed.
        .setProperty("partition.discovery.interval.ms", "60000")
        .build();
  }
}
