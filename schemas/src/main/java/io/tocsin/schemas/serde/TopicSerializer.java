package io.tocsin.schemas.serde;

import io.confluent.kafka.serializers.KafkaAvroSerializer;
import io.tocsin.schemas.topic.Cluster;
import io.tocsin.schemas.topic.Topic;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Confluent's Avro serializer for the values of one topic.
 *
 * <p>Where this process has not heard of the schema's id, the first value goes through Confluent's
 * own serializer, which finds it at the registry, or says why it cannot. That one hashes the whole
 * schema again for every value and writes byte by byte, a third of what a window costs to make; so
 * the others are written here, by Avro, behind the five bytes that the first one began with. A test
 * holds the two against each other for every topic. Not thread-safe, as any Kafka serializer.
 *
 * @param <V> type of the values
 */
public final class TopicSerializer<V extends SpecificRecord> implements Serializer<V> {

  /** Magic byte and schema id (Confluent's wire format). */
  private static final int HEADER_BYTES = 1 + Integer.BYTES;

  private static final byte MAGIC = 0;

  private final Topic<V> topic;
  private final Cluster cluster;
  private final KafkaAvroSerializer delegate;
  private final SpecificDatumWriter<V> writer;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
  private BinaryEncoder encoder;
  private byte[] header;

  /**
   * A serializer that looks schema ids up at the cluster's registry and never registers a schema
   * itself.
   */
  public TopicSerializer(Topic<V> topic, Cluster cluster) {
    this.topic = topic;
    this.cluster = cluster;
    this.delegate =
        new KafkaAvroSerializer(Registry.client(cluster), Registry.serdeSettings(cluster));
    SpecificData model = SpecificData.getForClass(topic.valueType());
    // Records without timestamps bring code that writes them field by field.
    model.setCustomCoders(true);
    this.writer = new SpecificDatumWriter<>(topic.schema(), model);
  }

  /**
   * Bytes of a value.
   *
   * @throws org.apache.kafka.common.KafkaException if the registry does not answer or does not know
   *     the schema
   */
  public byte[] serialize(V value) {
    if (header == null) {
      KnownSchemas.id(cluster, topic)
          .ifPresent(
              id -> header = ByteBuffer.allocate(HEADER_BYTES).put(MAGIC).putInt(id).array());
    }
    if (header != null && value != null) {
      return write(value);
    }
    byte[] first = delegate.serialize(topic.name(), value);
    if (first != null) {
      header = Arrays.copyOf(first, HEADER_BYTES);
      KnownSchemas.remember(cluster, topic, ByteBuffer.wrap(header, 1, Integer.BYTES).getInt());
    }
    return first;
  }

  private byte[] write(V value) {
    bytes.reset();
    bytes.writeBytes(header);
    encoder = EncoderFactory.get().binaryEncoder(bytes, encoder);
    try {
      writer.write(value, encoder);
      encoder.flush();
    } catch (IOException | RuntimeException unwritable) {
      throw new SerializationException(
          "a value for " + topic + " does not fit its schema: " + unwritable, unwritable);
    }
    return bytes.toByteArray();
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
