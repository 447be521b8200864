package io.tocsin.schemas.exchange;

import io.tocsin.schemas.topic.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A value and where it came from.
 *
 * @param topic its topic
 * @param value null where the record deletes its key from a compacted topic
 * @param origin the record as it came
 * @param <V> type of the value
 */
public record Received<V extends SpecificRecord>(
    Topic<V> topic, V value, ConsumerRecord<byte[], byte[]> origin) {

  /** The record's key; empty where it had none. */
  public String key() {
    return origin.key() == null ? "" : new String(origin.key(), StandardCharsets.UTF_8);
  }

  /** When the record was written, by the writer's clock. */
  public Instant at() {
    return Instant.ofEpochMilli(origin.timestamp());
  }

  /** The value, if it is one of the given topic and no deletion. */
  public <W extends SpecificRecord> Optional<W> as(Topic<W> wanted) {
    return wanted.name().equals(topic.name())
        ? Optional.ofNullable(wanted.valueType().cast(value))
        : Optional.empty();
  }

  /** {@code topic-partition@offset}, for logs and errors. */
  public String place() {
    return origin.topic() + "-" + origin.partition() + "@" + origin.offset();
  }
}
