package io.tocsin.alerting.job;

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
 */
public record RawRecord(
    String topic, int partition, long offset, long timestamp, String key, byte[] value) {

  /** The same for a library that asks for Kafka's type. */
  ConsumerRecord<byte[], byte[]> consumed() {
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
        new RecordHeaders(),
        Optional.empty());
  }
}
