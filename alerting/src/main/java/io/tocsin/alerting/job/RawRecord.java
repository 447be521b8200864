package io.tocsin.alerting.job;

import io.tocsin.schemas.seal.SealHeaders;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/**
 * A record as it stands in its topic. It is decoded where it is judged, so that it crosses from one
 * task to the next as the bytes it is.
 *
 * @param topic name of the topic
 * @param partition its partition
 * @param offset its offset
 * @param timestamp its time in the topic, in milliseconds
 * @param key as text; empty if it has none
 * @param value null for a tombstone
 * @param agent who sealed it; null if nobody did
 * @param seal its seal; null if it has none
 */
public record RawRecord(
    String topic,
    int partition,
    long offset,
    long timestamp,
    String key,
    byte[] value,
    String agent,
    byte[] seal) {

  /** One that nobody sealed. */
  RawRecord(String topic, int partition, long offset, long timestamp, String key, byte[] value) {
    this(topic, partition, offset, timestamp, key, value, null, null);
  }

  /** The same for a library that asks for Kafka's type. */
  ConsumerRecord<byte[], byte[]> consumed() {
    RecordHeaders headers = new RecordHeaders();
    SealHeaders.put(agent, seal, headers);
    byte[] keyBytes = key.getBytes(StandardCharsets.UTF_8);
    return new ConsumerRecord<>(
        topic,
        partition,
        offset,
        timestamp,
        TimestampType.CREATE_TIME,
        keyBytes.length,
        value == null ? 0 : value.length,
        keyBytes,
        value,
        headers,
        Optional.empty());
  }
}
