package io.tocsin.schemas.exchange;

import io.tocsin.schemas.serde.Decoded;
import io.tocsin.schemas.serde.TopicDeserializer;
import io.tocsin.schemas.topic.Cluster;
import io.tocsin.schemas.topic.Topic;
import io.tocsin.schemas.topic.Topics;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads topics as typed values; what is no value goes to the dead-letter topic, acknowledged,
 * before the records after it are handed out, so that a commit never passes over a record that is
 * kept nowhere.
 *
 * <p>Not thread-safe, but for {@link #wakeUp()}. Reads committed records only.
 */
public final class TopicReader implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(TopicReader.class);
  private static final Duration CLOSE_WITHIN = Duration.ofSeconds(2);

  private final Cluster cluster;
  private final Consumer<byte[], byte[]> consumer;
  private final Map<String, Topic<?>> topics;
  private final Map<String, TopicDeserializer<?>> deserializers = new HashMap<>();
  private final DeadLetters deadLetters;
  private final TopicWriter deadLetterWriter;

  private TopicReader(
      Cluster cluster,
      String stage,
      Clock clock,
      Set<Topic<?>> topics,
      Map<String, Object> settings) {
    this(
        cluster,
        topics,
        new DeadLetters(stage, cluster, clock),
        new TopicWriter(cluster, stage + "-dead-letters"),
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer()));
  }

  /** For tests: a reader over a consumer and a writer of the caller's. */
  TopicReader(
      Cluster cluster,
      Set<Topic<?>> topics,
      DeadLetters deadLetters,
      TopicWriter deadLetterWriter,
      Consumer<byte[], byte[]> consumer) {
    this.cluster = cluster;
    this.topics = topics.stream().collect(Collectors.toMap(Topic::name, topic -> topic));
    topics.forEach(
        topic -> deserializers.put(topic.name(), TopicDeserializer.guarded(topic, cluster)));
    this.deadLetters = deadLetters;
    this.deadLetterWriter = deadLetterWriter;
    this.consumer = consumer;
  }

  /**
   * A reader that goes on where its group left off, and from the beginning the first time.
   *
   * @param stage name of the stage, for the group ({@code tocsin-<stage>}) and for dead letters
   */
  public static TopicReader resuming(
      Cluster cluster, String stage, Clock clock, Set<Topic<?>> topics) {
    Map<String, Object> settings = settings(cluster, stage);
    settings.put("group.id", "tocsin-" + stage);
    // A static member that comes back gets its partitions at once, even after kill -9.
    settings.put("group.instance.id", "tocsin-" + stage + "-0");
    TopicReader reader = new TopicReader(cluster, stage, clock, topics, settings);
    reader.consumer.subscribe(reader.topics.keySet());
    return reader;
  }

  /**
   * A reader of the whole of its topics from the beginning, for views that are built anew at each
   * start.
   *
   * @param stage name of the stage, for dead letters
   */
  public static TopicReader fromBeginning(
      Cluster cluster, String stage, Clock clock, Set<Topic<?>> topics) {
    TopicReader reader = new TopicReader(cluster, stage, clock, topics, settings(cluster, stage));
    reader.assigned();
    reader.consumer.seekToBeginning(reader.consumer.assignment());
    return reader;
  }

  /** The same, from the end: only what is written from now on. */
  public static TopicReader fromNow(
      Cluster cluster, String stage, Clock clock, Set<Topic<?>> topics) {
    TopicReader reader = new TopicReader(cluster, stage, clock, topics, settings(cluster, stage));
    reader.assigned();
    reader.consumer.seekToEnd(reader.consumer.assignment());
    // Seeking is lazy; asking for the position fixes what "now" is.
    reader.consumer.assignment().forEach(reader.consumer::position);
    return reader;
  }

  private static Map<String, Object> settings(Cluster cluster, String stage) {
    Map<String, Object> settings = cluster.clientSettings();
    settings.put("client.id", "tocsin-" + stage);
    settings.put("enable.auto.commit", false);
    settings.put("auto.offset.reset", "earliest");
    settings.put("isolation.level", "read_committed");
    settings.put("allow.auto.create.topics", false);
    settings.putAll(SilentBroker.ofReader());
    return settings;
  }

  private void assigned() {
    try {
      consumer.assign(
          topics.keySet().stream()
              .flatMap(name -> consumer.partitionsFor(name).stream())
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList());
    } catch (KafkaException failed) {
      close();
      throw RefusedException.told(failed, cluster);
    }
  }

  /**
   * Values that arrived, in the order of their partitions; empty if none did in time.
   *
   * @throws RuntimeException if a record could neither be decoded nor be kept as a dead letter; the
   *     next poll hands the same records out again
   * @throws RefusedException if the broker does not let this reader read; the next poll asks again
   */
  public List<Received<?>> poll(Duration timeout) {
    ConsumerRecords<byte[], byte[]> batch = ask(() -> consumer.poll(timeout));
    List<Received<?>> values = new ArrayList<>(batch.count());
    try {
      for (ConsumerRecord<byte[], byte[]> record : batch) {
        read(record, topics.get(record.topic()), values);
      }
      return values;
    } catch (RuntimeException failed) {
      for (TopicPartition partition : batch.partitions()) {
        consumer.seek(partition, batch.records(partition).get(0).offset());
      }
      throw failed;
    }
  }

  private <T> T ask(Supplier<T> broker) {
    try {
      return broker.get();
    } catch (KafkaException failed) {
      throw RefusedException.told(failed, cluster);
    }
  }

  private <V extends SpecificRecord> void read(
      ConsumerRecord<byte[], byte[]> record, Topic<V> topic, List<Received<?>> values) {
    @SuppressWarnings("unchecked") // the deserializer under a topic's name was made for that topic
    TopicDeserializer<V> deserializer = (TopicDeserializer<V>) deserializers.get(topic.name());
    if (record.value() == null) {
      deserializer
          .againstRemoval(record.key(), record.headers())
          .ifPresentOrElse(
              refused -> reject(record, refused.reason()),
              () -> values.add(new Received<>(topic, null, record)));
      return;
    }
    Decoded<V> decoded = deserializer.openOrWait(record.key(), record.value(), record.headers());
    if (decoded instanceof Decoded.Value<V> good) {
      values.add(new Received<>(topic, good.value(), record));
    } else {
      reject(record, ((Decoded.Poison<V>) decoded).reason());
    }
  }

  /** Sends a value that its reader cannot use to the dead letters, and waits until it is kept. */
  public void reject(Received<?> value, String reason) {
    reject(value.origin(), reason);
  }

  private void reject(ConsumerRecord<byte[], byte[]> record, String reason) {
    LOG.warn(
        "{}-{}@{} went to the dead letters: {}",
        record.topic(),
        record.partition(),
        record.offset(),
        reason);
    deadLetterWriter.send(Topics.DEAD_LETTERS, deadLetters.about(record, reason)).join();
  }

  /** Whether it has partitions; one that resumes has none until its group has given it some. */
  public boolean isAssigned() {
    return !consumer.assignment().isEmpty();
  }

  /** How many records of its partitions are still to be read. */
  public long lag() {
    Map<TopicPartition, Long> ends = ask(() -> consumer.endOffsets(consumer.assignment()));
    return ends.entrySet().stream()
        .mapToLong(end -> Math.max(0, end.getValue() - consumer.position(end.getKey())))
        .sum();
  }

  /** Remembers that everything handed out so far has been dealt with. */
  public void commit() {
    consumer.commitSync();
  }

  /**
   * Tells the broker that this reader still is there, where what it read cannot be dealt with for
   * long; nothing is handed out.
   */
  public void signOfLife() {
    consumer.pause(consumer.assignment());
    ConsumerRecords<byte[], byte[]> early = consumer.poll(Duration.ZERO);
    for (TopicPartition partition : early.partitions()) {
      // One that was assigned in this poll was not paused yet.
      consumer.seek(partition, early.records(partition).get(0).offset());
    }
    consumer.resume(consumer.assignment());
  }

  /** Goes back to the last commit, to be handed out again what could not be dealt with. */
  public void rewind() {
    consumer
        .committed(consumer.assignment())
        .forEach(
            (partition, committed) -> {
              if (committed == null) {
                consumer.seekToBeginning(List.of(partition));
              } else {
                consumer.seek(partition, committed);
              }
            });
  }

  /** Ends a {@link #poll} under way in another thread with a {@code WakeupException}. */
  public void wakeUp() {
    consumer.wakeup();
  }

  @Override
  public void close() {
    consumer.close(CloseOptions.timeout(CLOSE_WITHIN));
    deadLetterWriter.close();
    deadLetters.close();
    deserializers.values().forEach(TopicDeserializer::close);
  }
}
