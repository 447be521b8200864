package io.tocsin.schemas.exchange;

import io.tocsin.schemas.serde.Decoded;
import io.tocsin.schemas.serde.TopicDeserializer;
import io.tocsin.schemas.topic.Cluster;
import io.tocsin.schemas.topic.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * What topics still hold of a stretch of time, for looking back. Changes nothing: commits nothing,
 * and makes no dead letters, as whoever reads the topic in earnest has made them.
 */
public final class TopicHistory implements AutoCloseable {

  private static final Duration POLL = Duration.ofMillis(500);

  private final Cluster cluster;
  private final Map<String, Topic<?>> topics;
  private final Map<String, TopicDeserializer<?>> deserializers = new HashMap<>();
  private final KafkaConsumer<byte[], byte[]> consumer;
  private long unreadable;

  /** Of these topics of a cluster. */
  public TopicHistory(Cluster cluster, Set<Topic<?>> topics) {
    this.cluster = cluster;
    this.topics = topics.stream().collect(Collectors.toMap(Topic::name, topic -> topic));
    topics.forEach(
        topic -> deserializers.put(topic.name(), TopicDeserializer.guarded(topic, cluster)));
    Map<String, Object> settings = cluster.clientSettings();
    settings.put("client.id", "tocsin-history-reader");
    settings.put("enable.auto.commit", false);
    settings.put("isolation.level", "read_committed");
    settings.put("allow.auto.create.topics", false);
    settings.putAll(SilentBroker.ofReader());
    this.consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  /**
   * Hands out all that was written between two times, and there is now; in the order of each
   * partition.
   *
   * @param from by the records' own times, inclusive; null for all that is retained
   * @throws RefusedException if the broker does not let this one read
   */
  public void read(Instant from, Instant to, Consumer<Received<?>> reader) {
    try {
      readAll(from, to, reader);
    } catch (KafkaException failed) {
      throw RefusedException.told(failed, cluster);
    }
  }

  private void readAll(Instant from, Instant to, Consumer<Received<?>> reader) {
    List<TopicPartition> partitions =
        topics.keySet().stream()
            .flatMap(name -> consumer.partitionsFor(name).stream())
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .toList();
    consumer.assign(partitions);
    seek(partitions, from);
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    while (ends.entrySet().stream().anyMatch(end -> isBefore(end.getKey(), end.getValue()))) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        if (record.timestamp() < to.toEpochMilli()) {
          give(record, reader);
        }
      }
    }
  }

  private boolean isBefore(TopicPartition partition, long end) {
    return consumer.position(partition) < end;
  }

  private void seek(List<TopicPartition> partitions, Instant from) {
    if (from == null) {
      consumer.seekToBeginning(partitions);
      return;
    }
    Map<TopicPartition, Long> times =
        partitions.stream().collect(Collectors.toMap(each -> each, each -> from.toEpochMilli()));
    for (Map.Entry<TopicPartition, OffsetAndTimestamp> found :
        consumer.offsetsForTimes(times).entrySet()) {
      if (found.getValue() == null) {
        consumer.seekToEnd(List.of(found.getKey()));
      } else {
        consumer.seek(found.getKey(), found.getValue().offset());
      }
    }
  }

  private void give(ConsumerRecord<byte[], byte[]> record, Consumer<Received<?>> reader) {
    Received<?> received = received(record, topics.get(record.topic()));
    if (received != null) {
      reader.accept(received);
    }
  }

  @SuppressWarnings("unchecked") // the deserializer under a topic's name was made for that topic
  private <V extends SpecificRecord> Received<V> received(
      ConsumerRecord<byte[], byte[]> record, Topic<V> topic) {
    TopicDeserializer<V> deserializer = (TopicDeserializer<V>) deserializers.get(topic.name());
    if (record.value() == null) {
      boolean refused = deserializer.againstRemoval(record.key(), record.headers()).isPresent();
      unreadable += refused ? 1 : 0;
      return refused ? null : new Received<>(topic, null, record);
    }
    Decoded<V> decoded = deserializer.openOrWait(record.key(), record.value(), record.headers());
    if (decoded instanceof Decoded.Value<V> good) {
      return new Received<>(topic, good.value(), record);
    }
    unreadable++;
    return null;
  }

  /** Records that were no values of their topic, or whose seal was not good. */
  public long unreadable() {
    return unreadable;
  }

  @Override
  public void close() {
    consumer.close();
    deserializers.values().forEach(TopicDeserializer::close);
  }
}
