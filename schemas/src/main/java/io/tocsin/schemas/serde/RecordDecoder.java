package io.tocsin.schemas.serde;

import io.confluent.kafka.schemaregistry.ParsedSchema;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import io.confluent.kafka.serializers.KafkaAvroDeserializer;
import io.tocsin.schemas.tls.TlsTrouble;
import io.tocsin.schemas.topic.Cluster;
import io.tocsin.schemas.topic.Topic;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificRecord;

/**
 * Confluent's Avro deserializer for the values of one topic, told apart by cause.
 *
 * <p>A registry that is away looks to the plain deserializer like a broken record, and handlers
 * that skip broken records then drop good ones. Here the wire format and the writer's schema are
 * looked at first: what is wrong with the bytes is {@link Decoded.Poison}, what is wrong with the
 * registry is a {@link RegistryUnavailableException}.
 *
 * <p>Not thread-safe.
 *
 * @param <V> type of the values
 */
public final class RecordDecoder<V extends SpecificRecord> implements AutoCloseable {

  private static final byte MAGIC = 0;
  private static final int HEADER_BYTES = 1 + Integer.BYTES;

  private final Topic<V> topic;
  private final Cluster cluster;
  private final SchemaRegistryClient registry;
  private final KafkaAvroDeserializer delegate;

  /** By the id of the writer's schema; as many as a topic has had versions. */
  private final Map<Integer, SpecificDatumReader<V>> readers = new HashMap<>();

  private BinaryDecoder decoder;

  /** A decoder that knows writers' schemas from the cluster's registry. */
  public RecordDecoder(Topic<V> topic, Cluster cluster) {
    this.topic = topic;
    this.cluster = cluster;
    this.registry = Registry.client(cluster);
    this.delegate = new KafkaAvroDeserializer(registry, Registry.serdeSettings(cluster));
  }

  /**
   * Decodes one value.
   *
   * @param bytes in the Confluent wire format, not null
   * @throws RegistryUnavailableException if the writer's schema is not known yet and the registry
   *     does not answer
   */
  public Decoded<V> decode(byte[] bytes) {
    if (bytes.length < HEADER_BYTES) {
      return new Decoded.Poison<>(
          "only " + bytes.length + " bytes: not in the Confluent wire format");
    }
    ByteBuffer header = ByteBuffer.wrap(bytes);
    byte magic = header.get();
    if (magic != MAGIC) {
      return new Decoded.Poison<>(
          String.format("starts with 0x%02x, not 0x00: not in the Confluent wire format", magic));
    }
    int id = header.getInt();
    SpecificDatumReader<V> known = readers.get(id);
    if (known == null && KnownSchemas.id(cluster, topic).orElse(-1) == id) {
      known = remember(id, topic.schema());
    }
    if (known != null) {
      return read(known, bytes, id);
    }
    String writer;
    try {
      writer = schema(id).name();
    } catch (UnknownSchema unknown) {
      return new Decoded.Poison<>(unknown.getMessage());
    }
    if (!topic.schema().getFullName().equals(writer)) {
      return new Decoded.Poison<>(
          "is a " + writer + ", but " + topic + " carries " + topic.schema().getFullName());
    }
    try {
      Object value = delegate.deserialize(topic.name(), bytes, topic.schema());
      remember(id);
      return new Decoded.Value<>(topic.valueType().cast(value));
    } catch (RuntimeException broken) {
      return poison(id, broken);
    }
  }

  /** From now on values of this writer's schema are read here: the same result in half the time. */
  private void remember(int id) {
    try {
      if (schema(id).rawSchema() instanceof Schema writer) {
        remember(id, writer);
      }
    } catch (UnknownSchema | RegistryUnavailableException passing) {
      // It was known a moment ago; the next value asks again.
    }
  }

  private SpecificDatumReader<V> remember(int id, Schema writer) {
    SpecificData model = SpecificData.getForClass(topic.valueType());
    model.setCustomCoders(true);
    SpecificDatumReader<V> reader = new SpecificDatumReader<>(writer, topic.schema(), model);
    readers.put(id, reader);
    return reader;
  }

  private Decoded<V> read(SpecificDatumReader<V> reader, byte[] bytes, int id) {
    try {
      decoder =
          DecoderFactory.get()
              .binaryDecoder(bytes, HEADER_BYTES, bytes.length - HEADER_BYTES, decoder);
      return new Decoded.Value<>(reader.read(null, decoder));
    } catch (IOException | RuntimeException broken) {
      return poison(id, broken);
    }
  }

  private Decoded<V> poison(int id, Exception broken) {
    return new Decoded.Poison<>(
        "does not decode with the schema of id " + id + ": " + rootCause(broken));
  }

  private ParsedSchema schema(int id) throws UnknownSchema {
    try {
      return registry.getSchemaById(id);
    } catch (RestClientException answer) {
      if (answer.getStatus() == 404) {
        throw new UnknownSchema("names schema id " + id + ", which the registry does not know");
      }
      throw new RegistryUnavailableException(
          "the schema registry answered " + answer.getStatus() + " for schema id " + id, answer);
    } catch (IOException away) {
      throw new RegistryUnavailableException(
          "the schema registry does not answer (schema id " + id + "): " + TlsTrouble.in(away),
          away);
    }
  }

  private static String rootCause(Throwable thrown) {
    Throwable cause = thrown;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
  }

  @Override
  public void close() {
    delegate.close();
  }

  private static final class UnknownSchema extends Exception {
    private static final long serialVersionUID = 1L;

    UnknownSchema(String message) {
      super(message);
    }
  }
}
