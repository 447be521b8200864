package io.tocsin.collectors.echo;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * At most so many datagrams a second from one address, counted in windows of a second, and at most
 * so many addresses in a window: those beyond share one allowance, so that forged addresses cost no
 * memory. Not thread-safe.
 */
final class SourceLimit {

  static final int SOURCES = 1024;

  private static final long WINDOW = TimeUnit.SECONDS.toNanos(1);

  private final int perSecond;
  private final LongSupplier nanos;
  private final Map<InetAddress, int[]> seen = new HashMap<>();
  private final int[] others = new int[1];
  private long began;

  SourceLimit(int perSecond, LongSupplier nanos) {
    this.perSecond = perSecond;
    this.nanos = nanos;
    this.began = nanos.getAsLong();
  }

  /** Counts one and says whether it is still within the limit. */
  boolean allows(InetAddress source) {
    long now = nanos.getAsLong();
    if (now - began >= WINDOW) {
      began = now;
      seen.clear();
      others[0] = 0;
    }
    int[] count = seen.get(source);
    if (count == null) {
      count = seen.size() < SOURCES ? new int[1] : others;
      if (count != others) {
        seen.put(source, count);
      }
    }
    return count[0] < perSecond && ++count[0] > 0;
  }
}
