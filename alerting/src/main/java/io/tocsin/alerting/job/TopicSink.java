package io.tocsin.alerting.job;

import io.tocsin.schemas.exchange.ProducerSettings;
import io.tocsin.schemas.exchange.SilentBroker;
import io.tocsin.schemas.serde.SchemaRegistration;
import io.tocsin.schemas.serde.TopicSerializer;
import io.tocsin.schemas.topic.Cluster;
import io.tocsin.schemas.topic.Topic;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.flink.api.common.serialization.SerializationSchema;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Writes values to their topic, under their key. */
final class TopicSink<V extends SpecificRecordBase> implements KafkaRecordSerializationSchema<V> {

  private static final long serialVersionUID = 1L;

  private final TopicName<V> name;
  private final Cluster cluster;

  private transient Topic<V> topic;
  private transient TopicSerializer<V> serializer;

  private TopicSink(TopicName<V> name, Cluster cluster) {
    this.name = name;
    this.cluster = cluster;
  }

  /**
   * A sink that delivers at least once: it flushes before a checkpoint completes, and what a
   * restart writes again has the same id and version. Exactly once would keep incidents hidden in a
   * transaction until the next checkpoint, and people waiting for them.
   */
  static <V extends SpecificRecordBase> KafkaSink<V> of(Topic<V> topic, Cluster cluster) {
    Properties settings = new Properties();
    settings.putAll(ProducerSettings.of(cluster, "tocsin-alerting-" + topic.name()));
    settings.putAll(SilentBroker.ofWriter());
    // Here blocking is right: it holds the sources back until the broker is there again.
    settings.put("max.block.ms", 60_000);
    return KafkaSink.<V>builder()
        .setBootstrapServers(cluster.bootstrapServers())
        .setKafkaProducerConfig(settings)
        .setDeliveryGuarantee(DeliveryGuarantee.AT_LEAST_ONCE)
        .setRecordSerializer(new TopicSink<>(TopicName.of(topic), cluster))
        .build();
  }

  @Override
  public void open(
      SerializationSchema.InitializationContext context, KafkaSinkContext sinkContext) {
    topic = name.topic();
    new SchemaRegistration(cluster).learn();
    serializer = new TopicSerializer<>(topic, cluster);
  }

  @Override
  public ProducerRecord<byte[], byte[]> serialize(V value, KafkaSinkContext context, Long time) {
    return new ProducerRecord<>(
        topic.name(),
        topic.keyOf(value).getBytes(StandardCharsets.UTF_8),
        serializer.serialize(value));
  }
}
