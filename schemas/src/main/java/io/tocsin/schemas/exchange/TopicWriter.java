package io.tocsin.schemas.exchange;

import io.tocsin.schemas.seal.Sealer;
import io.tocsin.schemas.serde.TopicSerializer;
import io.tocsin.schemas.topic.Cleanup;
import io.tocsin.schemas.topic.Cluster;
import io.tocsin.schemas.topic.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Writes typed values to their topics under their keys. Thread-safe.
 *
 * <p>A producer of Kafka's that a broker did not know when it asked for its id never asks again,
 * and would send nothing for good (seen with 4.3.1): such a one is replaced.
 */
public final class TopicWriter implements AutoCloseable {

  /** Not for each record that is refused. */
  private static final long REPLACED_EVERY_NS = TimeUnit.SECONDS.toNanos(1);

  private final Cluster cluster;
  private final Supplier<Producer<byte[], byte[]>> producers;
  private final Sealer sealer;
  private final Map<String, TopicSerializer<?>> serializers = new HashMap<>();
  private Producer<byte[], byte[]> producer;
  private long madeAt = System.nanoTime();
  private volatile boolean spoilt;

  /** A writer that the broker knows by {@code clientId}. */
  public TopicWriter(Cluster cluster, String clientId) {
    this(cluster, clientId, null);
  }

  /**
   * The same for an agent, which seals what it sends; see {@link Sealer}.
   *
   * @param sealer null for none
   */
  public TopicWriter(Cluster cluster, String clientId, Sealer sealer) {
    this(cluster, producers(ProducerSettings.of(cluster, clientId)), sealer);
  }

  /**
   * A writer for somebody who waits for each answer anyway, such as a command: it holds its caller
   * up for half a minute rather than give up while the brokers say who leads a topic, which takes a
   * second and more where they are many or have just lost one.
   */
  public static TopicWriter patient(Cluster cluster, String clientId) {
    Map<String, Object> settings = ProducerSettings.of(cluster, clientId);
    settings.put("max.block.ms", 30_000);
    return new TopicWriter(cluster, producers(settings), null);
  }

  /** For tests: a writer over a producer of the caller's. */
  public TopicWriter(Cluster cluster, Producer<byte[], byte[]> producer) {
    this(cluster, producer, null);
  }

  /** For tests: a writer over a producer of the caller's, which seals. */
  public TopicWriter(Cluster cluster, Producer<byte[], byte[]> producer, Sealer sealer) {
    this(cluster, () -> producer, sealer);
  }

  private TopicWriter(
      Cluster cluster, Supplier<Producer<byte[], byte[]>> producers, Sealer sealer) {
    this.cluster = cluster;
    this.producers = producers;
    this.producer = producers.get();
    this.sealer = sealer;
  }

  private static Supplier<Producer<byte[], byte[]>> producers(Map<String, Object> settings) {
    return () ->
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
  }

  private synchronized Producer<byte[], byte[]> producer() {
    if (spoilt && System.nanoTime() - madeAt >= REPLACED_EVERY_NS) {
      spoilt = false;
      producer.close(Duration.ZERO); // what it still has fails, and its senders hear so
      producer = producers.get();
      madeAt = System.nanoTime();
    }
    return producer;
  }

  /**
   * Hands a value to the broker.
   *
   * @return done when the broker has acknowledged it; failed with a {@link KafkaException} when it
   *     has not within the delivery timeout, when the buffer is full, or when the registry does not
   *     know the schema; with a {@link RefusedException} when this writer may not write
   */
  public <V extends SpecificRecord> CompletableFuture<RecordMetadata> send(
      Topic<V> topic, V value) {
    try {
      byte[] key = topic.keyOf(value).getBytes(StandardCharsets.UTF_8);
      return send(topic, new ProducerRecord<>(topic.name(), key, bytes(topic, value)));
    } catch (KafkaException notSent) {
      return CompletableFuture.failedFuture(notSent);
    }
  }

  /**
   * Hands a tombstone to the broker: what stood under a key is no more.
   *
   * @param topic a compacted one
   * @param key the key as {@link Topic#keyOf} made it of the value
   * @return done when the broker has acknowledged it, failed as for {@link #send}
   * @throws IllegalArgumentException if the topic is not compacted, so that a tombstone would mean
   *     nothing there
   */
  public CompletableFuture<RecordMetadata> remove(Topic<?> topic, String key) {
    if (topic.cleanup() == Cleanup.DELETE) {
      throw new IllegalArgumentException(
          "topic " + topic + " is not compacted: nothing can be removed from it");
    }
    return send(
        topic, new ProducerRecord<>(topic.name(), key.getBytes(StandardCharsets.UTF_8), null));
  }

  private CompletableFuture<RecordMetadata> send(
      Topic<?> topic, ProducerRecord<byte[], byte[]> record) {
    if (sealer != null && topic.sealed()) {
      sealer.seal(topic.name(), record.key(), record.value(), record.headers());
    }
    CompletableFuture<RecordMetadata> acknowledged = new CompletableFuture<>();
    try {
      producer()
          .send(
              record,
              (metadata, failure) -> {
                if (failure == null) {
                  acknowledged.complete(metadata);
                } else {
                  acknowledged.completeExceptionally(told(failure));
                }
              });
    } catch (KafkaException notSent) {
      acknowledged.completeExceptionally(told(notSent));
    }
    return acknowledged;
  }

  private Throwable told(Exception failure) {
    Optional<RefusedException> refusal = RefusedException.in(failure, cluster);
    if (refusal.filter(RefusedException::isOfUnknown).isPresent()) {
      spoilt = true;
    }
    return refusal.<Throwable>map(told -> told).orElse(failure);
  }

  private synchronized <V extends SpecificRecord> byte[] bytes(Topic<V> topic, V value) {
    @SuppressWarnings("unchecked") // the serializer under a topic's name was made for that topic
    TopicSerializer<V> serializer =
        (TopicSerializer<V>)
            serializers.computeIfAbsent(
                topic.name(), name -> new TopicSerializer<>(topic, cluster));
    return serializer.serialize(value);
  }

  /** Waits until all that was sent is acknowledged or has failed. */
  public void flush() {
    producer().flush();
  }

  @Override
  public synchronized void close() {
    producer.close(Duration.ofSeconds(3));
    serializers.values().forEach(TopicSerializer::close);
  }
}
