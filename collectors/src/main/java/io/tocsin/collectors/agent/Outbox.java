package io.tocsin.collectors.agent;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.tocsin.schemas.topic.Topic;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A bounded queue and the one thread that empties it into a {@link Publisher}, so that a broker
 * that is away never holds up a collector. When it is full the oldest record goes, since newer ones
 * say more about now. Every record that is lost is counted in {@code tocsin.collectors.dropped} by
 * reason.
 */
final class Outbox implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Outbox.class);

  private record Parcel<V extends SpecificRecord>(Topic<V> topic, V value) {}

  private final Publisher publisher;
  private final MeterRegistry meters;
  private final BlockingQueue<Parcel<?>> queue;
  private final AtomicBoolean failing = new AtomicBoolean();
  private final AtomicLong lost = new AtomicLong();
  private final Thread sender = new Thread(this::run, "tocsin-collectors-sender");
  private volatile boolean closing;

  Outbox(Publisher publisher, int capacity, MeterRegistry meters) {
    this.publisher = publisher;
    this.meters = meters;
    this.queue = new ArrayBlockingQueue<>(capacity);
    meters.gaugeCollectionSize("tocsin.collectors.queued", Tags.empty(), queue);
    sender.setDaemon(true);
  }

  void start() {
    sender.start();
  }

  /** Queues a value. Never blocks, never fails. */
  <V extends SpecificRecord> void put(Topic<V> topic, V value) {
    if (closing) {
      drop("closed");
      return;
    }
    Parcel<V> parcel = new Parcel<>(topic, value);
    while (!queue.offer(parcel)) {
      if (queue.poll() != null) {
        drop("overflow");
      }
    }
  }

  private void run() {
    try {
      while (!closing || !queue.isEmpty()) {
        Parcel<?> next = queue.poll(50, TimeUnit.MILLISECONDS);
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

  private <V extends SpecificRecord> void send(Parcel<V> parcel) {
    String topic = parcel.topic().name();
    try {
      publisher
          .publish(parcel.topic(), parcel.value())
          .whenComplete(
              (done, failure) -> {
                if (failure == null) {
                  sent(topic);
                } else {
                  failed(topic, failure);
                }
              });
    } catch (RuntimeException failure) {
      failed(topic, failure);
    }
  }

  private void sent(String topic) {
    meters.counter("tocsin.collectors.sent", "topic", topic).increment();
    if (failing.compareAndSet(true, false)) {
      LOG.info("sending again; {} records were lost meanwhile", lost.getAndSet(0));
    }
  }

  private void failed(String topic, Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    drop(closing ? "closed" : reasonOf(cause));
    if (!closing && failing.compareAndSet(false, true)) {
      LOG.warn(
          "a record for {} could not be sent: {}. Measuring goes on; what cannot be sent is counted"
              + " in tocsin.collectors.dropped",
          topic,
          shortened(cause.toString()));
    }
  }

  /** Confluent's serializer puts whole schemas into its messages. */
  private static String shortened(String message) {
    return message.length() <= 200 ? message : message.substring(0, 200) + "...";
  }

  private static String reasonOf(Throwable failure) {
    if (failure instanceof TimeoutException) {
      return "broker-timeout";
    }
    if (failure instanceof SerializationException) {
      return "schema";
    }
    return failure instanceof RecordTooLargeException ? "too-large" : "send-failed";
  }

  private void drop(String reason) {
    lost.incrementAndGet();
    meters.counter("tocsin.collectors.dropped", "reason", reason).increment();
  }

  /** Sends what is queued for at most a second; what is left then is dropped and counted. */
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
