package io.tocsin.schemas.exchange;

import io.tocsin.schemas.topic.Cluster;
import io.tocsin.schemas.topic.Topic;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whose turn it is, among processes of which one works while the others stand by: that of the
 * member of a consumer group which has the first partition of a topic. Whoever has it keeps it when
 * others come; when it is gone, or silent for {@link #SILENT_FOR}, the next one gets it.
 *
 * <p>It says when to begin, and no more. One that stood still may believe for a while that it is
 * still its turn; that it does no harm then has to be seen to by a fence.
 */
public final class Turn implements AutoCloseable {

  /**
   * After so long without a sign of life the turn goes on. Chosen here: a pause of the JVM or of
   * its machine is shorter, and people wait for longer until they look.
   */
  public static final Duration SILENT_FOR = Duration.ofSeconds(8);

  private static final Logger LOG = LoggerFactory.getLogger(Turn.class);
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration CLOSE_WITHIN = Duration.ofSeconds(1);
  private static final long PAUSE_MS = 1_000;

  private final Consumer<byte[], byte[]> consumer;
  private final TopicPartition first;
  private final Thread thread;
  private final Lock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private volatile boolean ours;
  private volatile boolean closing;

  /**
   * Joins those who wait.
   *
   * @param stage name of the stage; the group is {@code tocsin-<stage>-turn}
   * @param topic one that the stage may read; nothing of it is read here
   */
  public static Turn of(Cluster cluster, String stage, Topic<?> topic) {
    Map<String, Object> settings = cluster.clientSettings();
    settings.put("client.id", "tocsin-" + stage + "-turn");
    settings.put("group.id", "tocsin-" + stage + "-turn");
    settings.put("group.protocol", "classic"); // whose timeouts are the client's to choose
    settings.put("session.timeout.ms", (int) SILENT_FOR.toMillis());
    settings.put("heartbeat.interval.ms", 2_000);
    // The one that stays with who has it when others come and go.
    settings.put(
        "partition.assignment.strategy", List.of(CooperativeStickyAssignor.class.getName()));
    settings.put("enable.auto.commit", false);
    settings.put("auto.offset.reset", "latest");
    settings.put("allow.auto.create.topics", false);
    settings.putAll(SilentBroker.ofReader());
    return new Turn(
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer()),
        topic);
  }

  /** For tests: over a consumer of the caller's. */
  Turn(Consumer<byte[], byte[]> consumer, Topic<?> topic) {
    this.consumer = consumer;
    this.first = new TopicPartition(topic.name(), 0);
    this.thread = new Thread(this::run, "tocsin-turn");
    thread.setDaemon(true);
    thread.start();
  }

  /** Waits until it is our turn; false if it is not within a time. */
  public boolean await(Duration within) throws InterruptedException {
    long left = within.toNanos();
    lock.lock();
    try {
      while (!ours && left > 0) {
        left = changed.awaitNanos(left);
      }
      return ours;
    } finally {
      lock.unlock();
    }
  }

  /** Whether it is our turn, as far as we know. */
  public boolean isOurs() {
    return ours;
  }

  private void run() {
    try (consumer) {
      consumer.subscribe(List.of(first.topic()), new Listener());
      while (!closing) {
        try {
          consumer.poll(POLL);
        } catch (WakeupException asked) {
          // only to close
        } catch (KafkaException trouble) {
          LOG.warn("cannot ask whose turn it is; trying again: {}", trouble.toString());
          TimeUnit.MILLISECONDS.sleep(PAUSE_MS);
        }
      }
      // Leaves the group, so that the next one need not wait.
      consumer.close(CloseOptions.timeout(CLOSE_WITHIN));
    } catch (InterruptedException hurry) {
      Thread.currentThread().interrupt();
    } finally {
      change(false);
    }
  }

  private void change(boolean now) {
    lock.lock();
    try {
      ours = now;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private final class Listener implements ConsumerRebalanceListener {

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
      consumer.pause(partitions);
      if (partitions.contains(first)) {
        change(true);
      }
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
      if (partitions.contains(first)) {
        change(false);
      }
    }
  }

  @Override
  public void close() {
    closing = true;
    consumer.wakeup();
    try {
      thread.join(2 * CLOSE_WITHIN.toMillis());
    } catch (InterruptedException hurry) {
      Thread.currentThread().interrupt();
    }
    thread.interrupt();
  }
}
