package io.tocsin.collectors.agent;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * What was sent and is not settled, in order. Many are on their way at once. When one fails, no new
 * one leaves until all have landed; then everything from the failed one on is sent again, what was
 * acknowledged behind it too, so that the last value under a key is the newest one again. The first
 * one goes alone, to see whether the broker is back, and so does one that the broker refused, to
 * tell it from others of its batch. Not thread-safe.
 */
final class Flight {

  /** Many enough for a broker some 10 ms away, few enough to keep in memory. */
  private static final int WINDOW = 1_000;

  private static final int MOST_REFUSALS = 3;

  private final long timeoutNanos;
  private final Deque<Parcel> flying = new ArrayDeque<>();
  private final Deque<Parcel> again = new ArrayDeque<>();
  private int outstanding;
  private boolean failed;
  private boolean alone;

  /**
   * A flight with nothing on its way.
   *
   * @param timeoutNanos how long one may stay out; a publisher that never answers must not hold the
   *     others up for ever
   */
  Flight(long timeoutNanos) {
    this.timeoutNanos = timeoutNanos;
  }

  boolean failed() {
    return failed;
  }

  int outstanding() {
    return outstanding;
  }

  boolean full() {
    return flying.size() >= (alone ? 1 : WINDOW);
  }

  boolean isEmpty() {
    return flying.isEmpty() && again.isEmpty();
  }

  /** The next one to be sent again; null if there is none. */
  Parcel again() {
    return again.poll();
  }

  void launch(Parcel parcel, long nowNanos) {
    parcel.landed = false;
    parcel.settled = false;
    parcel.sentNanos = nowNanos;
    flying.add(parcel);
    outstanding++;
  }

  /** It was acknowledged. */
  void arrived(Parcel parcel) {
    land(parcel);
    parcel.settled = true;
    parcel.delivered = true;
    shorten();
    alone = alone && !again.isEmpty() && again.peek().refusals > 0;
  }

  /** It failed; whether it is given up for that. */
  boolean failed(Parcel parcel, Verdict verdict) {
    land(parcel);
    boolean refused = verdict instanceof Verdict.Suspect;
    parcel.refusals += refused ? 1 : 0;
    parcel.lost = verdict instanceof Verdict.Poison || parcel.refusals >= MOST_REFUSALS;
    if (parcel.lost) {
      parcel.settled = true;
      shorten();
    } else {
      failed = true;
      alone = true;
    }
    return parcel.lost;
  }

  private void land(Parcel parcel) {
    parcel.landed = true;
    parcel.attempt++;
    outstanding--;
  }

  private void shorten() {
    while (!flying.isEmpty() && flying.peek().settled) {
      flying.poll().done = true;
    }
  }

  /** Gives up on attempts that have been out for too long; how many. */
  int checkTimeout(long nowNanos) {
    Parcel oldest = flying.peek();
    if (oldest == null || oldest.landed || nowNanos - oldest.sentNanos < timeoutNanos) {
      return 0;
    }
    int overdue = 0;
    for (Parcel parcel : flying) {
      if (!parcel.landed) {
        land(parcel);
        overdue++;
      }
    }
    failed = true;
    alone = true;
    return overdue;
  }

  /** After all have landed: gets what failed, and all behind it, ready to be sent again. */
  int turnBack() {
    failed = false;
    int repeated = 0;
    while (!flying.isEmpty()) {
      Parcel last = flying.pollLast();
      if (!last.lost) {
        repeated += last.settled ? 1 : 0;
        last.settled = false;
        again.addFirst(last);
      }
    }
    return repeated;
  }

  /** The oldest that is not settled; null if there is none. */
  Parcel oldest() {
    return flying.isEmpty() ? again.peek() : flying.peek();
  }

  /** Number of the oldest that is on the disk and not settled; {@link Parcel#NONE} if none is. */
  long oldestNumber() {
    for (Deque<Parcel> parcels : List.of(flying, again)) {
      for (Parcel parcel : parcels) {
        if (!parcel.settled && parcel.number != Parcel.NONE) {
          return parcel.number;
        }
      }
    }
    return Parcel.NONE;
  }

  /** How many would be lost with the memory: neither delivered nor on the disk. */
  int memoryOnly() {
    int count = 0;
    for (Deque<Parcel> parcels : List.of(flying, again)) {
      for (Parcel parcel : parcels) {
        count += parcel.inMemoryOnly() ? 1 : 0;
      }
    }
    return count;
  }
}
