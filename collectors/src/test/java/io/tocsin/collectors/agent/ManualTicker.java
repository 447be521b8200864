package io.tocsin.collectors.agent;

import java.util.ArrayList;
import java.util.List;

/** Time that passes only when somebody sleeps or says so. */
final class ManualTicker implements Ticker {

  private long now;
  final List<Long> wokenAt = new ArrayList<>();

  @Override
  public synchronized long nanos() {
    return now;
  }

  @Override
  public synchronized void sleepUntil(long nanos) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    now = Math.max(now, nanos);
    wokenAt.add(now);
  }

  synchronized void advance(long nanos) {
    now += nanos;
  }
}
