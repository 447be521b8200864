package io.tocsin.e2e;

import io.tocsin.schemas.Health;
import io.tocsin.schemas.exchange.TopicWriter;
import io.tocsin.schemas.topic.Cluster;
import io.tocsin.schemas.topic.Topics;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.TimeUnit;

/**
 * Services that one after the other are up, go down for some seconds, and come back: probes of them
 * written to the broker as time passes, and which of them the broker knows to have been down.
 */
final class Outages implements AutoCloseable {

  private static final long EVERY_MS = 200;
  private static final long UP_FOR_MS = 4_000;

  /** One service, from its first probe on. */
  private record Outage(String service, long from, long downAt, long upAt) {
    Health at(long now) {
      return now >= downAt && now < upAt ? Health.DOWN : Health.UP;
    }
  }

  private final TopicWriter writer;
  private final Clock clock;
  private final Random random;
  private final List<Outage> current = new ArrayList<>();

  /** When a service that was down was first said to be up again. */
  private final Map<String, Long> upSince = new HashMap<>();

  private final Set<String> wentDown = new ConcurrentSkipListSet<>();
  private final Thread thread = new Thread(this::run, "outages");
  private volatile boolean begins = true;
  private volatile Throwable failure;
  private int count;

  Outages(Cluster cluster, Clock clock, long seed) {
    this.writer = new TopicWriter(cluster, "test-outages");
    this.clock = clock;
    this.random = new Random(seed);
  }

  void start() {
    thread.start();
  }

  /** Begins no more, and waits until all are up again. */
  void end() throws InterruptedException {
    begins = false;
    thread.join();
    if (failure != null) {
      throw new AssertionError("the broker did not take a probe", failure);
    }
  }

  /** Ids of all endpoints that were down. */
  Set<String> wentDown() {
    return wentDown;
  }

  private void run() {
    try {
      long nextAt = 0;
      while (begins || !current.isEmpty()) {
        long now = clock.millis();
        if (begins && now >= nextAt) {
          current.add(outage(now));
          nextAt = now + 300 + random.nextInt(700);
        }
        probe(now);
        TimeUnit.MILLISECONDS.sleep(EVERY_MS);
      }
    } catch (InterruptedException | RuntimeException broken) {
      failure = broken;
    }
  }

  private Outage outage(long now) {
    long downAt = now + 1_000;
    long upAt = downAt + 1_000 + random.nextInt(8_000);
    return new Outage("s" + count++, now, downAt, upAt);
  }

  private void probe(long now) {
    AlertingInput input = new AlertingInput(java.time.Instant.ofEpochMilli(now));
    for (Iterator<Outage> all = current.iterator(); all.hasNext(); ) {
      Outage outage = all.next();
      Health health = outage.at(now);
      writer.send(Topics.PROBES, input.probe(outage.service(), 0, health)).join();
      if (health == Health.DOWN) {
        wentDown.add("endpoint/" + outage.service());
      }
      // Reckoned from what was sent: on a machine that stood still for long there would be no more.
      if (now >= outage.upAt()
          && now > upSince.computeIfAbsent(outage.service(), first -> now) + UP_FOR_MS) {
        upSince.remove(outage.service());
        all.remove();
      }
    }
  }

  @Override
  public void close() {
    begins = false;
    thread.interrupt();
    writer.close();
  }
}
