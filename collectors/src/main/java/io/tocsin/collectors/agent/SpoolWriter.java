package io.tocsin.collectors.agent;

import io.tocsin.collectors.agent.Counts.Count;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that writes to the spool: each record as soon as it comes, and one fsync for all that
 * came within the sync interval. Where all of it has been acknowledged meanwhile there is nothing
 * to make safe, and no fsync. When the disk refuses, everything goes on in memory and is offered to
 * the disk again every second.
 */
final class SpoolWriter implements Runnable {

  private static final Logger LOG = LoggerFactory.getLogger(SpoolWriter.class);
  private static final int BATCH = 256;
  private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final SpoolState state;
  private final Ticker ticker;
  private final long syncNanos;
  private final List<Parcel> batch = new ArrayList<>();
  private long nextSync;
  private boolean failing;
  private volatile boolean stopping;

  SpoolWriter(SpoolState state, Duration syncInterval, Ticker ticker) {
    this.state = state;
    this.ticker = ticker;
    this.syncNanos = Math.max(TimeUnit.MILLISECONDS.toNanos(1), syncInterval.toNanos());
  }

  /** Writes what there is, then closes the spool and ends. */
  void stop() {
    stopping = true;
    state.lock.lock();
    try {
      state.toWrite.signalAll();
    } finally {
      state.lock.unlock();
    }
  }

  @Override
  public void run() {
    nextSync = ticker.nanos() + syncNanos;
    boolean done = false;
    while (!done) {
      // Asked before the queue is looked at, so that what came in between is not left behind.
      boolean last = stopping;
      try {
        boolean more = fill();
        write();
        if (last || ticker.nanos() - nextSync >= 0) {
          settle();
          nextSync = ticker.nanos() + syncNanos;
        }
        works();
        done = last && !more;
      } catch (IOException | RuntimeException refused) {
        fails(refused);
        done = last;
      }
    }
    close();
  }

  /** Takes the next batch; whether there is more behind it. Waits while there is nothing to do. */
  private boolean fill() {
    state.lock.lock();
    try {
      if (state.unwritten.isEmpty() && !stopping) {
        state.toWrite.awaitNanos(state.spool.records() > 0 ? syncNanos : PAUSE_NANOS);
      }
      while (batch.size() < BATCH && !state.unwritten.isEmpty()) {
        Parcel next = state.unwritten.poll();
        // What is not needed any more is not written.
        if (!next.done) {
          batch.add(next);
        }
      }
      return !state.unwritten.isEmpty();
    } catch (InterruptedException notForUs) {
      return true;
    } finally {
      state.lock.unlock();
    }
  }

  private void write() throws IOException {
    if (batch.isEmpty()) {
      return;
    }
    long[] numbers = new long[batch.size()];
    for (int i = 0; i < numbers.length; i++) {
      Parcel parcel = batch.get(i);
      try {
        numbers[i] = state.spool.add(parcel.outgoing, parcel.queuedAtMillis);
      } catch (IllegalArgumentException never) {
        // The publisher will refuse it as well, and say why.
        numbers[i] = Parcel.NONE;
        state.counts.add(Count.SPOOL_FAILED, 1, "record");
        LOG.debug("a record for {} stays off the disk", parcel.outgoing.topic(), never);
      }
    }
    state.spool.commit();
    state.lock.lock();
    try {
      for (int i = 0; i < numbers.length; i++) {
        batch.get(i).number = numbers[i];
      }
      batch.clear();
      state.trim();
      state.progress(true);
    } finally {
      state.lock.unlock();
    }
  }

  private void settle() throws IOException {
    state.lock.lock();
    long position;
    try {
      position = state.position();
    } finally {
      state.lock.unlock();
    }
    state.spool.acknowledge(position);
    if (state.spool.needsSync()) {
      state.spool.sync();
    }
  }

  private void works() {
    if (failing) {
      failing = false;
      LOG.info("the spool can be written again");
    }
  }

  private void fails(Exception refused) {
    state.counts.add(Count.SPOOL_FAILED, 1, "disk");
    if (!failing) {
      failing = true;
      LOG.warn(
          "the spool cannot be written: {}. Records stay in memory, {} at most; free some room on"
              + " the disk",
          refused.toString(),
          SpoolState.CAPACITY);
    }
    state.lock.lock();
    try {
      for (int i = batch.size() - 1; i >= 0; i--) {
        state.unwritten.addFirst(batch.get(i));
      }
      batch.clear();
      state.progress(false);
      for (long left = PAUSE_NANOS; left > 0 && !stopping; ) {
        left = state.toWrite.awaitNanos(left);
      }
    } catch (InterruptedException notForUs) {
      LOG.trace("a pause was cut short", notForUs);
    } finally {
      state.lock.unlock();
    }
  }

  private void close() {
    try {
      settle();
    } catch (IOException | RuntimeException unfinished) {
      LOG.debug("the last sync failed", unfinished);
    }
    try {
      state.spool.close();
    } catch (IOException | RuntimeException unfinished) {
      LOG.warn("the spool could not be closed: {}", unfinished.toString());
    }
  }
}
