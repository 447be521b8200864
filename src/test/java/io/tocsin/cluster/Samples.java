package io.tocsin.cluster;

import io.tocsin.schemas.CpuSample;
import io.tocsin.schemas.MemorySample;
import io.tocsin.schemas.Origin;
import io.tocsin.schemas.ResourceKind;
import io.tocsin.schemas.Sample;
import io.tocsin.schemas.exchange.TopicWriter;
import io.tocsin.schemas.topic.Cluster;
import io.tocsin.schemas.topic.Topics;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * A producer with a ledger: hosts that report each second, and which of their samples the brokers
 * have acknowledged.
 */
final class Samples implements AutoCloseable {

  private static final long TICK_MS = 1_000;
  private static final int HOSTS = 8;

  private final ScheduledExecutorService ticks = Executors.newSingleThreadScheduledExecutor();
  private final TopicWriter writer;
  private final Clock clock;
  private final List<String> hosts;
  private final Map<String, Set<Long>> acknowledged = new ConcurrentHashMap<>();
  private final AtomicInteger refused = new AtomicInteger();
  private long sequence;

  Samples(Cluster cluster, String run, Clock clock) {
    this.writer = new TopicWriter(cluster, "ledger-" + run);
    this.clock = clock;
    this.hosts = IntStream.range(0, HOSTS).mapToObj(i -> "host/ledger-" + run + "-" + i).toList();
    hosts.forEach(host -> acknowledged.put(host, new ConcurrentSkipListSet<>()));
  }

  void start() {
    ticks.scheduleAtFixedRate(this::tick, 0, TICK_MS, TimeUnit.MILLISECONDS);
  }

  private void tick() {
    long number = sequence++;
    hosts.forEach(host -> send(host, number));
  }

  private void send(String host, long number) {
    Sample sample =
        Sample.newBuilder()
            .setResourceId(host)
            .setKind(ResourceKind.HOST)
            .setOrigin(new Origin("agent-of-" + host, "boot-1", number))
            .setAt(clock.instant().truncatedTo(ChronoUnit.MILLIS))
            .setCpu(
                CpuSample.newBuilder()
                    .setCores(2)
                    .setUserUs(number * 1_000)
                    .setSystemUs(0)
                    .setIdleUs(number * 1_000)
                    .build())
            .setMemory(MemorySample.newBuilder().setTotalBytes(100).setAvailableBytes(50L).build())
            .build();
    writer
        .send(Topics.SAMPLES, sample)
        .whenComplete(
            (metadata, failure) -> {
              if (failure == null) {
                acknowledged.get(host).add(number);
              } else {
                refused.incrementAndGet();
              }
            });
  }

  /** No more; waits until each is acknowledged or given up. */
  void stop() throws InterruptedException {
    ticks.shutdown();
    ticks.awaitTermination(30, TimeUnit.SECONDS);
    writer.flush();
  }

  /** Sequences by host. */
  Map<String, Set<Long>> acknowledged() {
    return acknowledged;
  }

  /** Those that were not acknowledged, so that nobody was promised anything. */
  int refused() {
    return refused.get();
  }

  @Override
  public void close() {
    ticks.shutdownNow();
    writer.close();
  }
}
