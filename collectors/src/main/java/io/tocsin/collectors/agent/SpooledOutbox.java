package io.tocsin.collectors.agent;

import io.micrometer.core.instrument.Gauge;
import io.tocsin.collectors.agent.Counts.Count;
import io.tocsin.collectors.spool.Outgoing;
import io.tocsin.collectors.spool.Spool;
import io.tocsin.collectors.spool.SpoolConfig;
import io.tocsin.schemas.topic.Topic;
import io.tocsin.schemas.topic.Topics;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * An outbox with a disk beside it: what the broker has not acknowledged outlives an outage, a kill
 * and, once it is synced, a power cut.
 *
 * <p>A record goes to the sender and to the writer at once: an alert waits for no disk, and a disk
 * that hangs stops no alert. The writer hands it to the system within a moment, whence a killed
 * process does not take it away, and makes it safe by the next fsync. The position moves on as
 * acknowledgements come. After a crash everything behind the position is sent again: at least once,
 * told apart downstream by agent, boot id and sequence, which are part of the record.
 */
final class SpooledOutbox implements Outbox {

  /** Longer than a producer takes to give a record up. */
  private static final Duration UNANSWERED = Duration.ofSeconds(150);

  private static final List<Topic<?>> TOPICS =
      List.of(
          Topics.RESOURCES,
          Topics.SAMPLES,
          Topics.PROBES,
          Topics.MEASUREMENTS,
          Topics.SECURITY_EVENTS);

  private final SpoolState state;
  private final SpoolSender sender;
  private final SpoolWriter writer;
  private final Thread senderThread;
  private final Thread writerThread;
  private final Clock clock;

  /**
   * Opens the spool.
   *
   * @throws io.tocsin.collectors.spool.SpoolException if that cannot be used
   */
  SpooledOutbox(
      SpoolConfig config, Publisher publisher, Clock clock, Ticker ticker, Counts counts) {
    this(
        Spool.open(config, TOPICS, (reason, count) -> counts.add(Count.DROPPED, count, reason)),
        config.syncInterval(),
        publisher,
        clock,
        ticker,
        counts);
  }

  SpooledOutbox(
      Spool spool,
      Duration syncInterval,
      Publisher publisher,
      Clock clock,
      Ticker ticker,
      Counts counts) {
    this.clock = clock;
    this.state = new SpoolState(spool, new Flight(UNANSWERED.toNanos()), counts);
    this.sender = new SpoolSender(state, publisher, ticker);
    this.writer = new SpoolWriter(state, syncInterval, ticker);
    this.senderThread = thread(sender, "tocsin-collectors-sender");
    this.writerThread = thread(writer, "tocsin-collectors-spool");
    gauge("tocsin.collectors.queued", Fill::queued, counts);
    gauge("tocsin.collectors.spool.bytes", Fill::spoolBytes, counts);
    gauge("tocsin.collectors.spool.records", Fill::spooled, counts);
    gauge("tocsin.collectors.spool.oldest", fill -> fill.oldestMillis() / 1000.0, counts);
  }

  private void gauge(String name, ToDoubleFunction<Fill> figure, Counts counts) {
    Gauge.builder(name, this, self -> figure.applyAsDouble(self.fill())).register(counts.meters());
  }

  private static Thread thread(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public void start() {
    senderThread.start();
    writerThread.start();
  }

  @Override
  public void put(Outgoing outgoing) {
    state.put(new Parcel(outgoing, clock.millis()));
  }

  @Override
  public Fill fill() {
    state.lock.lock();
    try {
      Parcel oldest = state.flight.oldest();
      if (oldest == null && state.spool.unread() == 0) {
        oldest = state.unsent.peek();
      }
      long age = oldest == null ? 0 : Math.max(0, clock.millis() - oldest.queuedAtMillis);
      long queued = state.unsent.size() + state.spool.unread();
      return new Fill(queued, state.spool.records(), state.spool.bytes(), age);
    } finally {
      state.lock.unlock();
    }
  }

  @Override
  public void close() {
    close(Duration.ofSeconds(1));
  }

  /** Half of the time is for sending, half for the disk. */
  void close(Duration patience) {
    long half = Math.max(1, patience.toMillis() / 2);
    state.lock.lock();
    try {
      state.closing = true;
    } finally {
      state.lock.unlock();
    }
    sender.finish();
    boolean interrupted = join(senderThread, half);
    sender.stop();
    senderThread.interrupt();
    writer.stop();
    if (writerThread.getState() == Thread.State.NEW) {
      // Never started: what came meanwhile is for the next start.
      writer.run();
    }
    interrupted |= join(writerThread, half);
    countLosses();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static boolean join(Thread thread, long millis) {
    try {
      thread.join(millis);
      return false;
    } catch (InterruptedException e) {
      return true;
    }
  }

  private void countLosses() {
    state.lock.lock();
    try {
      int lost = state.memoryOnly();
      if (lost > 0) {
        state.counts.add(Count.DROPPED, lost, "closed");
      }
    } finally {
      state.lock.unlock();
    }
  }
}
