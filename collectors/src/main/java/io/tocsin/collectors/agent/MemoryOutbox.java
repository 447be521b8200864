package io.tocsin.collectors.agent;

import io.micrometer.core.instrument.Tags;
import io.tocsin.collectors.agent.Counts.Count;
import io.tocsin.collectors.spool.Outgoing;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A bounded queue and the one thread that empties it. When it is full the oldest record goes, since
 * newer ones say more about now; what cannot be sent is lost.
 */
final class MemoryOutbox implements Outbox {

  private static final Logger LOG = LoggerFactory.getLogger(MemoryOutbox.class);

  private final Delivery delivery;
  private final Counts counts;
  private final BlockingQueue<Outgoing> queue;
  private final AtomicBoolean failing = new AtomicBoolean();
  private final AtomicLong lost = new AtomicLong();
  private final Thread sender = new Thread(this::run, "tocsin-collectors-sender");
  private volatile boolean closing;

  MemoryOutbox(Publisher publisher, int capacity, Counts counts) {
    this.delivery = new Delivery(publisher);
    this.counts = counts;
    this.queue = new ArrayBlockingQueue<>(capacity);
    counts.meters().gaugeCollectionSize("tocsin.collectors.queued", Tags.empty(), queue);
    sender.setDaemon(true);
  }

  @Override
  public void start() {
    sender.start();
  }

  @Override
  public void put(Outgoing outgoing) {
    if (closing) {
      drop("closed");
      return;
    }
    while (!queue.offer(outgoing)) {
      if (queue.poll() != null) {
        drop("overflow");
      }
    }
  }

  @Override
  public Fill fill() {
    return new Fill(queue.size(), 0, 0, 0);
  }

  private void run() {
    try {
      while (!closing || !queue.isEmpty()) {
        Outgoing next = queue.poll(50, TimeUnit.MILLISECONDS);
        if (next != null) {
          send(next);
        }
        if (Thread.interrupted()) {
          return;
        }
      }
    } catch (InterruptedException closed) {
      LOG.debug("sender stopped with {} records queued", queue.size());
    }
  }

  private void send(Outgoing outgoing) {
    String topic = outgoing.topic().name();
    delivery
        .deliver(outgoing)
        .whenComplete(
            (done, failure) -> {
              if (failure == null) {
                sent(topic);
              } else {
                failed(topic, failure);
              }
            });
  }

  private void sent(String topic) {
    counts.add(Count.SENT, 1, topic);
    if (failing.compareAndSet(true, false)) {
      LOG.info("sending again; {} records were lost meanwhile", lost.getAndSet(0));
    }
  }

  private void failed(String topic, Throwable failure) {
    drop(closing ? "closed" : Verdict.of(failure).reason());
    if (!closing && failing.compareAndSet(false, true)) {
      LOG.warn(
          "a record for {} could not be sent: {}. Measuring goes on; what cannot be sent is counted"
              + " in tocsin.collectors.dropped",
          topic,
          Delivery.shortened(Verdict.cause(failure)));
    }
  }

  private void drop(String reason) {
    lost.incrementAndGet();
    counts.add(Count.DROPPED, 1, reason);
  }

  @Override
  public void close() {
    close(Duration.ofSeconds(1));
  }

  void close(Duration patience) {
    closing = true;
    boolean interrupted = false;
    try {
      sender.join(Math.max(1, patience.toMillis()));
    } catch (InterruptedException e) {
      interrupted = true;
    }
    sender.interrupt();
    while (queue.poll() != null) {
      drop("closed");
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
