package io.tocsin.schemas.serde;

import io.confluent.kafka.serializers.KafkaAvroSerializer;
import io.tocsin.schemas.topic.Cluster;
import io.tocsin.schemas.topic.Topic;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Confluent's Avro serializer for the values of one topic. Not thread-safe, as any Kafka
 * serializer.
 *
 * @param <V> type of the values
 */
public final class TopicSerializer<V extends SpecificRecord> implements Serializer<V> {

  private final Topic<V> topic;
  private final KafkaAvroSerializer delegate;

  /**
   * A serializer that looks schema ids up at the cluster's registry and never registers a schema
   * itself.
   */
  public TopicSerializer(Topic<V> topic, Cluster cluster) {
    this.topic = topic;
    this.delegate =
        new KafkaAvroSerializer(Registry.client(cluster), Registry.serdeSettings(cluster));
  }

  /**
   * Bytes of a value.
   *
   * @throws org.apache.kafka.common.KafkaException if the registry does not answer or does not know
   *     the schema
   */
  public byte[] serialize(V value) {
    return delegate.serialize(topic.name(), value);
  }

  /**
   * Ignores the name it is handed: the topic is known, and changelogs use the schema of the topic
   * they back.
   */
  @Override
  public byte[] serialize(String name, V value) {
    return serialize(value);
  }

  @Override
  public void close() {
    delegate.close();
  }
}
