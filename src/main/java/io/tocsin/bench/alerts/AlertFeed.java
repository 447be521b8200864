package io.tocsin.bench.alerts;

import io.tocsin.bench.BenchFailure;
import io.tocsin.bench.BenchTopics;
import io.tocsin.schemas.Probe;
import io.tocsin.schemas.Sample;
import io.tocsin.schemas.exchange.TopicWriter;
import io.tocsin.schemas.serde.TopicSerializer;
import io.tocsin.schemas.topic.Cluster;
import io.tocsin.schemas.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Sends what a watched fleet reports: of each machine a sample each second, evenly spread over it;
 * of each endpoint a probe every ten seconds, and within a second when it breaks or is well again.
 */
final class AlertFeed implements AutoCloseable {

  private static final long NANOS_PER_MS = 1_000_000;
  private static final long MS_PER_SECOND = 1_000;
  private static final long NANOS_PER_SECOND = 1_000_000_000;

  private final Cluster cluster;
  private final WatchedFleet fleet;
  private final Clock clock;
  private final TopicSerializer<Sample> samples;
  private final TopicSerializer<Probe> probes;

  /** As agents do that measure many, it sends samples together; a probe it sends at once. */
  private final KafkaProducer<byte[], byte[]> sampler;

  private final KafkaProducer<byte[], byte[]> prober;
  private final Map<Integer, Long> lastOffsets = new ConcurrentHashMap<>();
  private final Map<String, Breach> broken = new HashMap<>();
  private final Set<Integer> down = new HashSet<>();
  private final Map<Breach, Moments> moments = new ConcurrentHashMap<>();
  private volatile Exception failure;

  AlertFeed(Cluster cluster, WatchedFleet fleet, Clock clock) {
    this.cluster = cluster;
    this.fleet = fleet;
    this.clock = clock;
    this.samples = new TopicSerializer<>(Topics.SAMPLES, cluster);
    this.probes = new TopicSerializer<>(Topics.PROBES, cluster);
    this.sampler = BenchTopics.producer(cluster, "bench-samples", Map.of());
    this.prober = BenchTopics.producer(cluster, "bench-probes", Map.of("linger.ms", 0));
  }

  /**
   * When a breach was there, in ms of the wall clock.
   *
   * @param brokeAt when it broke
   * @param publishedAt when the first record that says so was due to be sent: a feed that falls
   *     behind shows
   */
  record Moments(long brokeAt, long publishedAt) {}

  /** Writes the inventory. */
  void inventory() {
    try (TopicWriter writer = new TopicWriter(cluster, "bench-inventory")) {
      fleet.inventory(clock.instant()).stream()
          .map(resource -> writer.send(Topics.RESOURCES, resource))
          .toList()
          .forEach(acknowledged -> acknowledged.join());
    }
  }

  /** Sends one probe that failed, now. */
  void probeDown(int group) {
    send(group, clock.millis(), true);
    prober.flush();
  }

  /**
   * Sends what the fleet reported in the past, as fast as it can: what is compiled while it runs
   * has to be before anything counts.
   *
   * @param from when that was, in ms
   */
  void history(long from, int seconds) {
    int slots = fleet.size() + fleet.groups();
    for (int second = 0; second < seconds; second++) {
      for (int slot = 0; slot < slots; slot++) {
        report(slot, 1_000L * second, from);
      }
    }
    check();
  }

  private void check() {
    sampler.flush();
    prober.flush();
    if (failure != null) {
      throw new BenchFailure("a record was not sent: " + failure.getMessage(), failure);
    }
  }

  /**
   * Sends for as long as given.
   *
   * @param breaches in the order of their beginning
   */
  void run(List<Breach> breaches, Duration span) {
    Instant began = clock.instant();
    long start = System.nanoTime();
    int slots = fleet.size() + fleet.groups();
    long all = slots * span.toSeconds();
    int next = 0;
    for (long slot = 0; slot < all; slot++) {
      long due = slot * NANOS_PER_SECOND / slots;
      while (System.nanoTime() - start < due) {
        LockSupport.parkNanos(NANOS_PER_MS / 2);
      }
      long dueMs = due / NANOS_PER_MS;
      while (next < breaches.size() && breaches.get(next).fromMs() <= dueMs) {
        broken.put(breaches.get(next).resourceId(), breaches.get(next));
        next++;
      }
      report((int) (slot % slots), dueMs, began.toEpochMilli());
    }
    check();
  }

  /** After the machines of a group comes its endpoint. */
  private void report(int slot, long dueMs, long began) {
    int group = slot / (WatchedFleet.PER_GROUP + 1);
    int member = slot % (WatchedFleet.PER_GROUP + 1);
    int number = group * WatchedFleet.PER_GROUP + member;
    long at = began + dueMs;
    if (member == WatchedFleet.PER_GROUP || number >= fleet.size()) {
      boolean isDown = isBroken(fleet.endpoint(group), dueMs, began);
      boolean isNews = isDown ? down.add(group) : down.remove(group);
      if (isNews
          || dueMs / MS_PER_SECOND % WatchedFleet.PROBED_EVERY_S
              == group % WatchedFleet.PROBED_EVERY_S) {
        send(group, at, isDown);
      }
    } else {
      Sample sample = fleet.sample(number, at, isBroken(fleet.machine(number), dueMs, began));
      send(sampler, Topics.SAMPLES.name(), sample.getResourceId(), samples.serialize(sample));
    }
  }

  private boolean isBroken(String resourceId, long dueMs, long began) {
    Breach breach = broken.get(resourceId);
    if (breach == null) {
      return false;
    }
    if (dueMs >= breach.toMs()) {
      broken.remove(resourceId);
      return false;
    }
    moments.putIfAbsent(breach, new Moments(began + breach.fromMs(), began + dueMs));
    return true;
  }

  private void send(int group, long at, boolean isDown) {
    Probe probe = fleet.probe(group, at, isDown);
    send(prober, Topics.PROBES.name(), probe.getResourceId(), probes.serialize(probe));
  }

  private void send(
      KafkaProducer<byte[], byte[]> producer, String topic, String key, byte[] value) {
    producer.send(
        new ProducerRecord<>(topic, key.getBytes(StandardCharsets.UTF_8), value),
        (metadata, refused) -> {
          if (refused != null) {
            failure = refused;
          } else if (topic.equals(Topics.SAMPLES.name())) {
            lastOffsets.merge(metadata.partition(), metadata.offset(), Math::max);
          }
        });
  }

  /** When each breach was there that has been sent. */
  Map<Breach, Moments> moments() {
    return Map.copyOf(moments);
  }

  /** By partition, the offset of the newest sample. */
  Map<Integer, Long> lastOffsets() {
    return Map.copyOf(lastOffsets);
  }

  @Override
  public void close() {
    sampler.close(Duration.ofSeconds(3));
    prober.close(Duration.ofSeconds(3));
    samples.close();
    probes.close();
  }
}
