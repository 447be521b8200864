package io.tocsin.collectors.security;

import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The ids of {@link EventIds} that came last, to tell a repetition. Keeps 64 bits of each. Not
 * thread-safe.
 */
final class RecentIds {

  private static final int HEX_DIGITS = 16;

  private final int capacity;
  private final Set<Long> known = new LinkedHashSet<>();

  RecentIds(int capacity) {
    this.capacity = capacity;
  }

  /** Whether {@code id} is not among the last; it is now. */
  boolean isNew(String id) {
    Long key = Long.parseUnsignedLong(id, id.length() - HEX_DIGITS, id.length(), 16);
    boolean repeated = known.remove(key);
    known.add(key);
    if (known.size() > capacity) {
      Iterator<Long> oldest = known.iterator();
      oldest.next();
      oldest.remove();
    }
    return !repeated;
  }
}
