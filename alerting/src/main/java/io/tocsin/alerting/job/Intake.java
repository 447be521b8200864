package io.tocsin.alerting.job;

import io.tocsin.schemas.DeadLetter;
import io.tocsin.schemas.topic.Cluster;
import io.tocsin.schemas.topic.Topic;
import java.time.Clock;
import java.time.Instant;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.formats.avro.typeutils.AvroTypeInfo;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.types.Either;
import org.apache.flink.util.function.SerializableFunction;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;

/** Reads the job's topics and gathers what is no value of them. */
final class Intake {

  private final StreamExecutionEnvironment env;
  private final Cluster cluster;
  private final Clock clock;
  private DataStream<DeadLetter> deadLetters;

  Intake(StreamExecutionEnvironment env, Cluster cluster, Clock clock) {
    this.env = env;
    this.cluster = cluster;
    this.clock = clock;
  }

  <V extends SpecificRecordBase> DataStream<V> read(
      Topic<V> topic, SerializableFunction<V, Instant> eventTime) {
    ValueOrLetter<V> schema = new ValueOrLetter<>(TopicName.of(topic), eventTime, cluster, clock);
    // No watermarks: nothing here waits for event time to pass in general. Event times are compared
    // per resource, so a partition that is idle or far behind holds up no other.
    SingleOutputStreamOperator<Either<V, DeadLetter>> records =
        AlertingJob.named(
            env.fromSource(
                source(topic, schema), WatermarkStrategy.noWatermarks(), "read-" + topic.name()),
            "read-" + topic.name());
    SingleOutputStreamOperator<V> values =
        AlertingJob.named(
            records.process(new LetterSplit<V>(), new AvroTypeInfo<>(topic.valueType())),
            "split-" + topic.name());
    DataStream<DeadLetter> letters = values.getSideOutput(Outputs.DEAD_LETTERS);
    deadLetters = deadLetters == null ? letters : deadLetters.union(letters);
    return values;
  }

  /** Of all topics read so far. */
  DataStream<DeadLetter> deadLetters() {
    return deadLetters;
  }

  @SuppressWarnings("deprecation") // the connector's API still asks for OffsetResetStrategy
  private <V extends SpecificRecordBase> KafkaSource<Either<V, DeadLetter>> source(
      Topic<V> topic, ValueOrLetter<V> schema) {
    return KafkaSource.<Either<V, DeadLetter>>builder()
        .setBootstrapServers(cluster.bootstrapServers())
        .setTopics(topic.name())
        .setGroupId("tocsin-alerting")
        .setClientIdPrefix("tocsin-alerting-" + topic.name())
        // A checkpoint knows better than the group; the group counts only if there is no
        // checkpoint.
        .setStartingOffsets(OffsetsInitializer.committedOffsets(OffsetResetStrategy.EARLIEST))
        .setDeserializer(schema)
        .setProperty("isolation.level", "read_committed")
        .setProperty("allow.auto.create.topics", "false")
        .setProperty("reconnect.backoff.max.ms", "1000")
        // Lets people see the job's lag with the broker's own tools.
        .setProperty("commit.offsets.on.checkpoint", "true")
        // How soon partitions added on the broker are noticed.
        .setProperty("partition.discovery.interval.ms", "60000")
        .build();
  }
}
