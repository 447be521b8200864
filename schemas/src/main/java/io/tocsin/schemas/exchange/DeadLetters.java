package io.tocsin.schemas.exchange;

import io.tocsin.schemas.DeadLetter;
import io.tocsin.schemas.serde.TopicSerializer;
import io.tocsin.schemas.topic.Cluster;
import io.tocsin.schemas.topic.Topics;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Makes dead letters out of records that a stage could not use. Not thread-safe. */
public final class DeadLetters implements AutoCloseable {

  private final String stage;
  private final Clock clock;
  private final TopicSerializer<DeadLetter> serializer;

  /**
   * Letters of one stage.
   *
   * @param stage name of the stage that gives up on records
   */
  public DeadLetters(String stage, Cluster cluster, Clock clock) {
    this.stage = stage;
    this.clock = clock;
    this.serializer = new TopicSerializer<>(Topics.DEAD_LETTERS, cluster);
  }

  /** A letter about a record, whole, with its origin. */
  public DeadLetter about(ConsumerRecord<byte[], byte[]> record, String reason) {
    return DeadLetter.newBuilder()
        .setStage(stage)
        .setTopic(record.topic())
        .setPartition(record.partition())
        .setOffset(record.offset())
        .setRecordedAt(Instant.ofEpochMilli(Math.max(0, record.timestamp())))
        .setAt(clock.instant())
        .setReason(reason)
        .setKey(wrap(record.key()))
        .setValue(wrap(record.value()))
        .build();
  }

  /** The same, as a record for the producers of Kafka's libraries. */
  public ProducerRecord<byte[], byte[]> recordAbout(
      ConsumerRecord<byte[], byte[]> record, String reason) {
    DeadLetter letter = about(record, reason);
    return new ProducerRecord<>(
        Topics.DEAD_LETTERS.name(),
        Topics.DEAD_LETTERS.keyOf(letter).getBytes(StandardCharsets.UTF_8),
        serializer.serialize(letter));
  }

  private static ByteBuffer wrap(byte[] bytes) {
    return bytes == null ? null : ByteBuffer.wrap(bytes);
  }

  @Override
  public void close() {
    serializer.close();
  }
}
