package io.tocsin.collectors.agent;

import io.tocsin.collectors.agent.Counts.Count;
import io.tocsin.collectors.spool.Losses;
import io.tocsin.collectors.spool.Spool;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What the threads of a {@link SpooledOutbox} share. What came last is in memory twice over: {@link
 * #unsent}, from which the sender takes it without waiting for the disk, and {@link #unwritten},
 * until the writer has put it on the disk. When the sender is behind, the oldest leave memory, and
 * it finds them on the disk. All methods but {@link #put} are to be called under the lock.
 */
final class SpoolState {

  /** What the sender has at hand in memory while the broker is away. */
  private static final int KEPT = 1_000;

  /** Most that memory holds when the disk takes nothing. */
  static final int CAPACITY = 10_000;

  /** Where a collector begins to wait for the writer, long before anything is lost. */
  private static final int CROWDED = CAPACITY / 2;

  /** How long a collector waits for a writer that is behind, as after a burst. */
  private static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  final ReentrantLock lock = new ReentrantLock();
  final Condition toSend = lock.newCondition();
  final Condition toWrite = lock.newCondition();
  private final Condition room = lock.newCondition();

  final Spool spool;
  final Counts counts;
  final Flight flight;
  final Deque<Parcel> unsent = new ArrayDeque<>();
  final Deque<Parcel> unwritten = new ArrayDeque<>();

  /** Number of the record that the sender is reading from the disk. */
  long reading = Parcel.NONE;

  /** No more is taken in. */
  boolean closing;

  /** The disk does not keep up, or refuses: nobody waits for it. */
  private boolean stalled;

  SpoolState(Spool spool, Flight flight, Counts counts) {
    this.spool = spool;
    this.flight = flight;
    this.counts = counts;
  }

  void put(Parcel parcel) {
    lock.lock();
    try {
      if (closing) {
        drop("closed");
        return;
      }
      awaitRoom();
      if (unwritten.size() >= CAPACITY) {
        // Still to be sent, and safe no more.
        unwritten.poll();
        counts.add(Count.SPOOL_FAILED, 1, "behind");
      }
      unwritten.add(parcel);
      unsent.add(parcel);
      trim();
      toSend.signal();
      toWrite.signal();
    } finally {
      lock.unlock();
    }
  }

  private void awaitRoom() {
    long left = PATIENCE_NANOS;
    try {
      while (unwritten.size() >= CROWDED && !stalled) {
        if (left <= 0) {
          stalled = true;
        } else {
          left = room.awaitNanos(left);
        }
      }
    } catch (InterruptedException deadline) {
      // Meant for the collector's pass, which goes on to hand over the rest.
      Thread.currentThread().interrupt();
    }
  }

  /** Keeps memory within its bounds: what is on the disk leaves first, and what is lost counts. */
  void trim() {
    while (unsent.size() > KEPT) {
      Parcel oldest = unsent.peek();
      if (oldest.number == Parcel.NONE && unsent.size() <= CAPACITY) {
        return;
      }
      unsent.poll();
      if (oldest.number == Parcel.NONE) {
        oldest.settled = true;
        oldest.done = true;
        drop("overflow");
      } else if (!spool.release(oldest.number)) {
        drop(Losses.FULL);
      }
    }
  }

  /** Whether the disk takes what it is given. */
  void progress(boolean works) {
    stalled = !works;
    room.signalAll();
  }

  /** Everything before this number is settled. */
  long position() {
    long position = flight.oldestNumber();
    if (position != Parcel.NONE) {
      return position;
    }
    if (reading != Parcel.NONE) {
      return reading;
    }
    if (spool.unread() > 0) {
      return spool.cursor();
    }
    for (Parcel parcel : unsent) {
      if (parcel.number != Parcel.NONE) {
        return parcel.number;
      }
    }
    return spool.next();
  }

  /** How many are in memory alone. */
  int memoryOnly() {
    return memoryOnly(unsent) + flight.memoryOnly();
  }

  private static int memoryOnly(Collection<Parcel> parcels) {
    int count = 0;
    for (Parcel parcel : parcels) {
      count += parcel.inMemoryOnly() ? 1 : 0;
    }
    return count;
  }

  void drop(String reason) {
    counts.add(Count.DROPPED, 1, reason);
  }
}
