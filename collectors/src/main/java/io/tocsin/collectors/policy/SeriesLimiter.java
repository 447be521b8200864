package io.tocsin.collectors.policy;

import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Counts the series that are active and says whether there is room for one more. A series is known
 * by a 64-bit hash, so that 50,000 of them take 5 MB at most, whatever their names; two that share
 * a hash (a chance of 1 in 10 billion at that size) count as one. The hash is seeded, so that
 * nobody outside can make names that share one. Not thread-safe.
 */
final class SeriesLimiter {

  private final int limit;
  private final long ttlMillis;
  private final long seed;

  /** When each was last heard of, the longest silence first. */
  private final Map<Long, Long> active = new LinkedHashMap<>(64, 0.75f, true);

  SeriesLimiter(int limit, Duration ttl, long seed) {
    this.limit = limit;
    this.ttlMillis = ttl.toMillis();
    this.seed = seed;
  }

  /** Whether a series may be sent: it is active already, or there is room. */
  boolean admit(long series, Instant now) {
    if (active.replace(series, now.toEpochMilli()) != null) {
      return true;
    }
    expire(now);
    if (active.size() >= limit) {
      return false;
    }
    active.put(series, now.toEpochMilli());
    return true;
  }

  /** Counts a series that is sent whether there is room or not. */
  void admitAlways(long series, Instant now) {
    if (active.put(series, now.toEpochMilli()) == null) {
      expire(now);
    }
  }

  int active() {
    return active.size();
  }

  void expire(Instant now) {
    long oldest = now.toEpochMilli() - ttlMillis;
    Iterator<Long> lastHeard = active.values().iterator();
    while (lastHeard.hasNext() && lastHeard.next() < oldest) {
      lastHeard.remove();
    }
  }

  /** Identity of a resource. */
  long resource(String id) {
    return mix(text(seed, id));
  }

  /** Identity of a series; labels count whatever their order. */
  long series(String resourceId, String name, Map<String, String> labels) {
    long unordered = 0;
    for (Map.Entry<String, String> label : labels.entrySet()) {
      unordered += mix(text(text(seed, label.getKey()), label.getValue()));
    }
    return mix(text(text(seed, resourceId), name) + unordered);
  }

  private static long text(long hash, String text) {
    long mixed = mix(hash ^ text.length());
    for (int i = 0; i < text.length(); i++) {
      mixed = (mixed ^ text.charAt(i)) * 0x9E3779B97F4A7C15L;
      mixed ^= mixed >>> 29;
    }
    return mixed;
  }

  /** The last steps of SplitMix64 (Steele, Lea, Flood 2014). */
  private static long mix(long value) {
    long mixed = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
    return mixed ^ (mixed >>> 31);
  }
}
