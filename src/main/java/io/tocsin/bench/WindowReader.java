package io.tocsin.bench;

import io.tocsin.schemas.topic.Cluster;
import io.tocsin.schemas.topic.Topics;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/** Reads what the topologies wrote, as anybody would who wants committed windows only. */
final class WindowReader {

  static final long SMALLEST_MS = 10_000;

  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration QUIET = Duration.ofSeconds(3);

  private final Cluster cluster;
  private final List<TopicPartition> partitions =
      BenchTopics.partitions(Topics.WINDOWS.name(), Topics.WINDOWS.partitions());
  private final WindowHead.Reader heads = new WindowHead.Reader();

  WindowReader(Cluster cluster) {
    this.cluster = cluster;
  }

  /**
   * Counts everything there is.
   *
   * @param newestAt time of the fleet's newest sample; windows that begin later do not count
   * @param expected intervals that there should be: when they are there, only a moment is waited
   *     for more
   */
  Row.Check count(long newestAt, long expected, String counters) throws IOException {
    long found = 0;
    long updates = 0;
    long finals = 0;
    try (KafkaConsumer<byte[], byte[]> consumer = BenchTopics.consumer(cluster, Map.of())) {
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      long lastAt = System.nanoTime();
      while (System.nanoTime() - lastAt < QUIET.toNanos()) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
          lastAt = System.nanoTime();
          WindowHead head = heads.read(record.value());
          if (head.members() > 0 || head.startsAt() > newestAt) {
            continue;
          }
          finals += head.isFinal() ? 1 : 0;
          updates += head.isFinal() ? 0 : 1;
          if (head.isFinal() && head.sizeMs() == SMALLEST_MS) {
            found += head.intervals();
          }
        }
      }
    }
    return new Row.Check(expected, found, updates, finals, counters);
  }

  /**
   * Until told to stop, takes the time from each sample to the update that has it as its newest.
   *
   * @param from samples before that do not count, in ms
   * @param ready called when it reads
   */
  Latencies.Summary watch(long from, AtomicBoolean stop, Clock clock, Runnable ready)
      throws IOException {
    Latencies latencies = new Latencies();
    try (KafkaConsumer<byte[], byte[]> consumer = BenchTopics.consumer(cluster, Map.of())) {
      consumer.assign(partitions);
      consumer.seekToEnd(partitions);
      partitions.forEach(consumer::position);
      ready.run();
      while (!stop.get()) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
          WindowHead head = heads.read(record.value());
          boolean isUpdate = !head.isFinal() && head.members() == 0;
          if (isUpdate && head.sizeMs() == SMALLEST_MS && head.latestAt() >= from) {
            latencies.add(clock.millis() - head.latestAt());
          }
        }
      }
    }
    return latencies.summary();
  }
}
