package io.tocsin.collectors.agent;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tocsin.collectors.spool.Outgoing;
import io.tocsin.collectors.spool.Spool;
import io.tocsin.collectors.spool.SpoolConfig;
import io.tocsin.schemas.Examples;
import io.tocsin.schemas.Health;
import io.tocsin.schemas.Probe;
import io.tocsin.schemas.topic.Topic;
import io.tocsin.schemas.topic.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * Prints what a spool costs on this machine: records appended a second, an fsync, the way of a
 * record through a live outbox, and how fast a backlog drains. Takes a directory to write to.
 */
final class SpoolTrial {

  private static final int RECORDS = 200_000;

  private SpoolTrial() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    Path directory =
        arguments.length > 0 ? Path.of(arguments[0]) : Files.createTempDirectory("spool-trial");
    for (int round = 0; round < 3; round++) {
      append(directory.resolve("append-" + round));
    }
    sync(directory.resolve("sync"));
    live(directory.resolve("live"), true);
    live(directory.resolve("live"), false);
    drain(directory.resolve("drain"));
  }

  private static Spool spool(Path directory) {
    return Spool.open(
        SpoolConfig.in(directory), List.<Topic<?>>of(Topics.PROBES), (reason, count) -> {});
  }

  private static Outgoing probe(long sequence) {
    return new Outgoing.Value<>(Topics.PROBES, value(sequence));
  }

  private static Probe value(long sequence) {
    Probe probe = Examples.probe(Health.UP, Examples.NOON);
    probe.setOrigin(Examples.origin(sequence));
    return probe;
  }

  private static void append(Path directory) throws IOException {
    Outgoing probe = probe(0);
    try (Spool spool = spool(directory)) {
      long began = System.nanoTime();
      for (int i = 1; i <= RECORDS; i++) {
        spool.add(probe, 0);
        if (i % 256 == 0) {
          spool.commit();
        }
      }
      spool.commit();
      double seconds = (System.nanoTime() - began) / 1e9;
      System.out.printf(
          "append: %,.0f records/s, %.0f MB/s, %d bytes each%n",
          RECORDS / seconds, spool.bytes() / seconds / 1e6, spool.bytes() / RECORDS);
      began = System.nanoTime();
      spool.sync();
      System.out.printf(
          "  fsync of the last segment: %.1f ms%n", (System.nanoTime() - began) / 1e6);
    }
  }

  private static void sync(Path directory) throws IOException {
    Outgoing probe = probe(0);
    long[] nanos = new long[200];
    try (Spool spool = spool(directory)) {
      for (int round = 0; round < nanos.length; round++) {
        for (int i = 0; i < 100; i++) {
          spool.add(probe, 0);
        }
        spool.commit();
        long began = System.nanoTime();
        spool.sync();
        nanos[round] = System.nanoTime() - began;
      }
    }
    print("fsync of 100 records", nanos);
  }

  private static void live(Path directory, boolean spooled) throws InterruptedException {
    TimingPublisher publisher = new TimingPublisher();
    Counts counts = new Counts(new SimpleMeterRegistry());
    Outbox outbox =
        spooled
            ? new SpooledOutbox(
                SpoolConfig.in(directory), publisher, Clock.systemUTC(), Ticker.system(), counts)
            : new MemoryOutbox(publisher, 10_000, counts);
    try (outbox) {
      outbox.start();
      int count = 5_000;
      long[] nanos = new long[count];
      for (int i = 0; i < count; i++) {
        Probe probe = value(i);
        long began = System.nanoTime();
        outbox.put(Topics.PROBES, probe);
        while (publisher.last.get() < i) {
          Thread.onSpinWait();
        }
        nanos[i] = publisher.lastNanos - began;
        LockSupport.parkNanos(200_000);
      }
      print(spooled ? "live, put to publish, with spool" : "  without", nanos);
    }
  }

  private static void drain(Path directory) throws InterruptedException {
    TimingPublisher publisher = new TimingPublisher();
    publisher.away = true;
    SpooledOutbox outbox =
        new SpooledOutbox(
            SpoolConfig.in(directory),
            publisher,
            Clock.systemUTC(),
            Ticker.system(),
            new Counts(new SimpleMeterRegistry()));
    try (outbox) {
      outbox.start();
      long began = System.nanoTime();
      for (int i = 0; i < RECORDS; i++) {
        outbox.put(Topics.PROBES, value(i));
      }
      double seconds = (System.nanoTime() - began) / 1e9;
      System.out.printf("taken in while the broker is away: %,.0f records/s%n", RECORDS / seconds);
      while (outbox.fill().spooled() < RECORDS) {
        TimeUnit.MILLISECONDS.sleep(10);
      }
      publisher.away = false;
      began = System.nanoTime();
      while (publisher.last.get() < RECORDS - 1) {
        TimeUnit.MILLISECONDS.sleep(1);
      }
      seconds = (System.nanoTime() - began) / 1e9;
      System.out.printf(
          "drained: %,d records in %.2f s, %,.0f records/s%n", RECORDS, seconds, RECORDS / seconds);
    }
  }

  private static void print(String what, long[] nanos) {
    long[] sorted = nanos.clone();
    Arrays.sort(sorted);
    System.out.printf(
        "%s: p50 %.3f ms, p99 %.3f ms, max %.3f ms%n",
        what,
        sorted[sorted.length / 2] / 1e6,
        sorted[sorted.length * 99 / 100] / 1e6,
        sorted[sorted.length - 1] / 1e6);
  }

  /** Answers after a millisecond, as a broker nearby would, many at a time. */
  private static final class TimingPublisher implements Publisher {
    private final AtomicLong last = new AtomicLong(-1);
    private final ScheduledExecutorService answers =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "broker");
              thread.setDaemon(true);
              return thread;
            });
    private volatile long lastNanos;
    private volatile boolean away;

    @Override
    public <V extends SpecificRecord> CompletionStage<?> publish(Topic<V> topic, V value) {
      if (away) {
        return CompletableFuture.failedFuture(new TimeoutException("away"));
      }
      lastNanos = System.nanoTime();
      last.set(((Probe) value).getOrigin().getSequence());
      CompletableFuture<?> answer = new CompletableFuture<>();
      answers.schedule(() -> answer.complete(null), 1, TimeUnit.MILLISECONDS);
      return answer;
    }

    @Override
    public CompletionStage<?> remove(Topic<?> topic, String key) {
      return CompletableFuture.completedFuture(null);
    }
  }
}
