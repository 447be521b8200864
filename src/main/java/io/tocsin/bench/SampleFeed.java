package io.tocsin.bench;

import io.tocsin.schemas.Sample;
import io.tocsin.schemas.serde.TopicSerializer;
import io.tocsin.schemas.topic.Cluster;
import io.tocsin.schemas.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Sends the fleet's samples.
 *
 * <p>A batch is written in one transaction and shown at once, when it is committed: until then
 * readers of committed records see nothing of it, and while they work the generator does not.
 */
final class SampleFeed implements AutoCloseable {

  private static final int TRANSACTION_LIMIT_MS = 900_000;
  private static final double MOST_APART_S = 5;
  private static final long NANOS_PER_MS = 1_000_000;

  private final Fleet fleet;
  private final Cluster cluster;
  private final TopicSerializer<Sample> serializer;
  private final KafkaProducer<byte[], byte[]> batches;
  private final Map<Integer, Long> lastOffsets = new ConcurrentHashMap<>();
  private volatile Exception failure;

  SampleFeed(Cluster cluster, Fleet fleet) {
    this.cluster = cluster;
    this.fleet = fleet;
    this.serializer = new TopicSerializer<>(Topics.SAMPLES, cluster);
    this.batches =
        BenchTopics.producer(
            cluster,
            "bench-batches",
            Map.of("transactional.id", "bench", "transaction.timeout.ms", TRANSACTION_LIMIT_MS));
    batches.initTransactions();
  }

  /** By partition, the offset of the newest sample. */
  Map<Integer, Long> lastOffsets() {
    return Map.copyOf(lastOffsets);
  }

  /** Writes a sample of each machine for each second from a time on; nobody sees them yet. */
  void prepare(long from, int seconds) {
    batches.beginTransaction();
    for (int second = 0; second < seconds; second++) {
      for (int machine = 0; machine < fleet.size(); machine++) {
        send(batches, machine, from + 1_000L * second);
      }
    }
    batches.flush();
  }

  /** Shows what was prepared. */
  void show() {
    batches.commitTransaction();
    check();
  }

  /**
   * Sends samples in turn at an even rate, from now on, as agents would; of so many machines only
   * that each has its turn within {@link #MOST_APART_S}.
   */
  void pace(double perSecond, Duration span, Clock clock) {
    try (KafkaProducer<byte[], byte[]> agents =
        BenchTopics.producer(cluster, "bench-paced", Map.of())) {
      long wall = clock.millis();
      long began = System.nanoTime();
      int machines = (int) Math.max(1, Math.min(fleet.size(), MOST_APART_S * perSecond));
      long all = Math.round(perSecond * span.toNanos() / 1e9);
      for (long sent = 0; sent < all; sent++) {
        long due = Math.round(sent / perSecond * 1e9);
        while (System.nanoTime() - began < due) {
          LockSupport.parkNanos(NANOS_PER_MS / 2);
        }
        // What was due is measured, not what was sent: a generator that falls behind shows.
        send(agents, (int) (sent % machines), wall + due / NANOS_PER_MS);
      }
    }
    check();
  }

  private void send(KafkaProducer<byte[], byte[]> to, int machine, long at) {
    Sample sample = fleet.next(machine, at);
    byte[] key = Topics.SAMPLES.keyOf(sample).getBytes(StandardCharsets.UTF_8);
    to.send(
        new ProducerRecord<>(Topics.SAMPLES.name(), key, serializer.serialize(sample)),
        (metadata, refused) -> {
          if (refused == null) {
            lastOffsets.merge(metadata.partition(), metadata.offset(), Math::max);
          } else {
            failure = refused;
          }
        });
  }

  private void check() {
    if (failure != null) {
      throw new BenchFailure("a sample was not sent: " + failure.getMessage(), failure);
    }
  }

  @Override
  public void close() {
    batches.close(Duration.ofSeconds(3));
    serializer.close();
  }
}
