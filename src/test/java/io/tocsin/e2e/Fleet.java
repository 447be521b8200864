package io.tocsin.e2e;

import io.tocsin.schemas.CpuSample;
import io.tocsin.schemas.MemorySample;
import io.tocsin.schemas.Origin;
import io.tocsin.schemas.ResourceKind;
import io.tocsin.schemas.Sample;
import io.tocsin.schemas.exchange.TopicWriter;
import io.tocsin.schemas.topic.Cluster;
import io.tocsin.schemas.topic.Topics;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * Some hosts that report four times a second: most with a good clock, some behind, and one an hour
 * ahead, which reports once a second. One sample in twenty comes twice, one in twenty comes late,
 * but within the grace.
 */
final class Fleet implements AutoCloseable {

  private static final long TICK_MS = 250;
  private static final double SHARE = 0.05;
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final long FIVE_MINUTES_MS = 300_000;

  private final ScheduledExecutorService ticks = Executors.newSingleThreadScheduledExecutor();
  private final TopicWriter writer;
  private final Ledger ledger;
  private final Clock clock;
  private final Random random;
  private final List<Host> hosts = new ArrayList<>();
  private long lastTick;
  private int ticked;

  private final class Host {
    private final String id;
    private final long offsetMs;
    private final boolean ahead;
    private long sequence;
    private long newestAt;
    private Sample held;

    Host(String id, Duration offset) {
      this.id = id;
      this.offsetMs = offset.toMillis();
      this.ahead = offsetMs > 0;
    }

    void tick(long now, boolean stalled) {
      Sample late = held;
      held = null;
      if (late != null && stalled) {
        send(late);
        late = null;
      }
      Sample next = sample(now + offsetMs);
      // What is ahead counts at its arrival, so that its order is the order of arrival.
      if (late == null && !ahead && random.nextDouble() < SHARE) {
        held = next;
        return;
      }
      send(next);
      if (late != null) {
        send(late);
      }
      if (random.nextDouble() < SHARE) {
        send(next);
      }
    }

    /** On to just before five minutes are full, so that nothing but silence can end its windows. */
    void jump() {
      if (held != null) {
        send(held);
      }
      long last = newestAt - Math.floorMod(newestAt, FIVE_MINUTES_MS) + FIVE_MINUTES_MS - 1_000;
      while (newestAt < last) {
        send(sample(Math.min(newestAt + MINUTE.toMillis(), last)));
      }
    }

    private Sample sample(long at) {
      newestAt = at;
      long n = sequence++;
      return Sample.newBuilder()
          .setResourceId(id)
          .setKind(ResourceKind.HOST)
          .setOrigin(new Origin("agent-of-" + id, "boot-1", n))
          .setAt(Instant.ofEpochMilli(at))
          .setCpu(
              CpuSample.newBuilder()
                  .setCores(2)
                  .setUserUs(n * 1_000)
                  .setSystemUs(0)
                  .setIdleUs(n * 1_000)
                  .build())
          .setMemory(MemorySample.newBuilder().setTotalBytes(100).setAvailableBytes(50L).build())
          .build();
    }

    private void send(Sample sample) {
      long sent = sample.getOrigin().getSequence();
      long at = sample.getAt().toEpochMilli();
      writer
          .send(Topics.SAMPLES, sample)
          .whenComplete(
              (metadata, failure) -> {
                if (failure == null) {
                  ledger.acknowledged(id, sent, at);
                } else {
                  ledger.failed(failure);
                }
              });
    }
  }

  Fleet(Cluster cluster, String name, Ledger ledger, Clock clock, long seed) {
    this.writer = new TopicWriter(cluster, "fleet-" + name);
    this.ledger = ledger;
    this.clock = clock;
    this.random = new Random(seed);
    IntStream.range(0, 6)
        .forEach(i -> hosts.add(new Host("host/" + name + "-good-" + i, Duration.ZERO)));
    hosts.add(new Host("host/" + name + "-behind-hour", Duration.ofHours(-1)));
    hosts.add(new Host("host/" + name + "-behind-minutes", Duration.ofMinutes(-20)));
    hosts.add(new Host("host/" + name + "-ahead", Duration.ofHours(1)));
  }

  List<String> all() {
    return hosts.stream().map(host -> host.id).toList();
  }

  List<String> behind() {
    return hosts.stream().filter(host -> host.offsetMs < 0).map(host -> host.id).toList();
  }

  /** The one whose samples count at their arrival. */
  String ahead() {
    return hosts.stream().filter(host -> host.ahead).findFirst().orElseThrow().id;
  }

  void start() {
    lastTick = clock.millis();
    ticks.scheduleWithFixedDelay(this::tick, 0, TICK_MS, TimeUnit.MILLISECONDS);
  }

  private void tick() {
    try {
      long now = clock.millis();
      // A machine that was busy elsewhere: what was held is older than the grace by now.
      boolean stalled = now - lastTick > 4 * TICK_MS;
      lastTick = now;
      // What is ahead counts when it is read, all of a backlog at once, and only so many samples of
      // one moment are taken; at four a second a minute without the streams would be too many.
      boolean all = ticked++ % 4 == 0;
      hosts.stream().filter(host -> all || !host.ahead).forEach(host -> host.tick(now, stalled));
    } catch (RuntimeException failure) {
      ledger.failed(failure);
      throw failure;
    }
  }

  /** All producers stop; those behind do so just before the ends of their windows. */
  void stop() throws InterruptedException {
    ticks.shutdown();
    ticks.awaitTermination(30, TimeUnit.SECONDS);
    hosts.forEach(this::stop);
    writer.flush();
  }

  private void stop(Host host) {
    if (host.offsetMs < 0) {
      host.jump();
    } else if (host.held != null) {
      host.send(host.held);
    }
  }

  @Override
  public void close() {
    ticks.shutdownNow();
    writer.close();
  }
}
