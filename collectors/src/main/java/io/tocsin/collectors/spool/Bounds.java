package io.tocsin.collectors.spool;

/**
 * Which records are still to be read from the disk: those from {@code cursor} to {@code end}. What
 * is newer than {@code end} its owner still has in memory and will not read. Keeps the count of
 * what a dropped segment takes with it exact while a reader moves on. Thread-safe, and never waits
 * for the disk.
 */
final class Bounds {

  private long oldest;
  private long cursor;
  private long end;

  Bounds(long oldest, long cursor, long end) {
    this.oldest = oldest;
    this.cursor = cursor;
    this.end = end;
  }

  synchronized long cursor() {
    return cursor;
  }

  synchronized long left() {
    return end - cursor;
  }

  /** Takes a record out to be sent; false if it was given up meanwhile, or before. */
  synchronized boolean claim(long number) {
    if (number < cursor) {
      return false;
    }
    cursor = number + 1;
    return true;
  }

  /** Gives up what stands before {@code number}; how many of it were still to be read. */
  synchronized long skipTo(long number) {
    long target = Math.min(number, end);
    long lost = Math.max(0, target - cursor);
    cursor = Math.max(cursor, target);
    return lost;
  }

  /** The segments before {@code newOldest} are gone; how many records were lost with them. */
  synchronized long drop(long newOldest) {
    oldest = newOldest;
    return skipTo(newOldest);
  }

  /** A record is no longer in memory: it is to be read from here, or lost if it is not here. */
  synchronized boolean release(long number) {
    if (end == cursor) {
      cursor = Math.max(cursor, number);
    }
    end = Math.max(end, number + 1);
    if (number < oldest) {
      cursor = Math.max(cursor, number + 1);
      return false;
    }
    return true;
  }
}
