package io.tocsin.bench;

import io.tocsin.schemas.topic.Cluster;
import io.tocsin.schemas.topic.Topics;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/** How far a group has come in the samples, by the offsets that it has committed. */
public final class GroupProgress implements AutoCloseable {

  private static final long LOOK_EVERY_MS = 100;

  private final Admin admin;
  private final String group;

  /** Progress of a group. */
  public GroupProgress(Cluster cluster, String group) {
    this.admin = BenchTopics.admin(cluster);
    this.group = group;
  }

  /**
   * How a stretch went.
   *
   * @param nanos how long it took
   * @param lateRate records per second of its second half, when everything was warm
   */
  public record Stretch(long nanos, double lateRate) {}

  /**
   * Waits until all up to some offsets is done, results included.
   *
   * @param last by partition, the offset of the last record
   * @throws BenchFailure if nothing moves for as long as the limit
   */
  public Stretch awaitPast(Map<Integer, Long> last, Duration limit) throws InterruptedException {
    long began = System.nanoTime();
    long target = last.values().stream().mapToLong(offset -> offset + 1).sum();
    long first = done(last);
    long half = first + (target - first) / 2;
    long halfDone = first;
    long halfAt = began;
    long moved = began;
    long before = first;
    while (true) {
      long done = done(last);
      long now = System.nanoTime();
      if (done <= half) {
        halfDone = done;
        halfAt = now;
      }
      if (done >= target) {
        return new Stretch(now - began, (done - halfDone) * 1e9 / Math.max(1, now - halfAt));
      }
      if (done > before) {
        before = done;
        moved = now;
      } else if (now - moved > limit.toNanos()) {
        throw new BenchFailure(
            group + " is stuck: " + (target - done) + " samples are left; see its logs");
      }
      Thread.sleep(LOOK_EVERY_MS);
    }
  }

  /** Records up to some offsets that are not done yet. */
  public long lag(Map<Integer, Long> last) throws InterruptedException {
    long target = last.values().stream().mapToLong(offset -> offset + 1).sum();
    return Math.max(0, target - done(last));
  }

  private long done(Map<Integer, Long> last) throws InterruptedException {
    Map<Integer, Long> committed = committed();
    return last.entrySet().stream()
        .mapToLong(end -> Math.min(end.getValue() + 1, committed.getOrDefault(end.getKey(), 0L)))
        .sum();
  }

  private Map<Integer, Long> committed() throws InterruptedException {
    try {
      Map<TopicPartition, OffsetAndMetadata> all =
          admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get();
      Map<Integer, Long> ours = new HashMap<>();
      all.forEach(
          (partition, offset) -> {
            if (offset != null && partition.topic().equals(Topics.SAMPLES.name())) {
              ours.put(partition.partition(), offset.offset());
            }
          });
      return ours;
    } catch (ExecutionException refused) {
      throw new KafkaException("the offsets of " + group + " cannot be read", refused);
    }
  }

  @Override
  public void close() {
    admin.close();
  }
}
