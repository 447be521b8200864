package io.tocsin.server;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;

/** A second passes each time somebody looks at it. */
public final class TickingClock extends Clock {

  private final AtomicReference<Instant> now;

  /** Begins at a time. */
  public TickingClock(Instant start) {
    this.now = new AtomicReference<>(start);
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return this;
  }

  @Override
  public Instant instant() {
    return now.getAndUpdate(time -> time.plusSeconds(1));
  }
}
