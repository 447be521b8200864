package io.tocsin.streams.window;

/**
 * How a state is kept: a snapshot, and a row for each reading that was accepted since. A reading is
 * a tenth of a state in bytes, and with each sample a store and its changelog take what has
 * changed; so the whole is written when a window has ended, when what readings share has changed,
 * or when the rows have become as many as are worth reading one by one. The rows of an older
 * snapshot are not removed but written over; they bear its number and are told by that. Not
 * thread-safe; changed in place.
 */
public final class Journal {

  /** As many rows as come between two windows' ends at one sample a second and a half. */
  private static final int LEAST_ROWS = 16;

  private static final int MOST_ROWS = 4_096;

  /** Number of the snapshot that the rows belong to. */
  long generation;

  private int rows;
  private boolean outdated = true;
  private Reading taken;
  private Reading reference;
  private long wallMs;

  Journal() {}

  /** What the store has to be given. */
  public sealed interface Entry {

    /** The whole state. */
    record Snapshot(byte[] bytes) implements Entry {}

    /** One row, in place of the one that was there. */
    record Row(int number, byte[] bytes) implements Entry {}
  }

  /** The next entry has to be a snapshot. */
  void isOutdated() {
    outdated = true;
  }

  /** A reading is about to be taken; {@code newest} is the newest one before it. */
  void takes(Reading reading, Reading newest, long arrivedMs) {
    taken = reading;
    reference = newest;
    wallMs = arrivedMs;
    if (newest == null || reading.shape() != newest.shape()) {
      outdated = true;
    }
  }

  /** A snapshot of this number was read from the store. */
  void startsAt(long snapshot) {
    generation = snapshot;
    rows = 0;
    outdated = false;
  }

  /** One of its rows was read and taken. */
  void replayed() {
    rows++;
  }

  Entry entry(ResourceState state) {
    // A resource with many samples a second has a large state: the more rows are worth it.
    int most = Math.min(MOST_ROWS, Math.max(LEAST_ROWS, 2 * state.waiting.size()));
    if (outdated || rows >= most) {
      generation++;
      rows = 0;
      outdated = false;
      return new Entry.Snapshot(StateCodec.encode(state));
    }
    return new Entry.Row(rows++, RowCodec.encode(generation, taken, wallMs, reference));
  }
}
