package io.tocsin.alerting.evaluate;

import io.tocsin.schemas.Resource;
import java.time.Instant;

/**
 * What is remembered of a resource itself.
 *
 * @param inventory what the inventory says of it; null if nothing
 * @param registeredAt wall-clock time since when reports are expected; null if none are
 * @param heardAt wall-clock time of its last sign of life; null if there was none
 * @param eventAt event time of that sign
 * @param timerAt wall-clock time of the next timer that was asked for; null if none was
 * @param series how many series are kept
 * @param missed whether a rule misses it, or has done so lately
 */
public record ResourceState(
    Resource inventory,
    Instant registeredAt,
    Instant heardAt,
    Instant eventAt,
    Instant timerAt,
    int series,
    boolean missed) {

  /** Before anything was heard. */
  static final ResourceState NEW = new ResourceState(null, null, null, null, null, 0, false);

  boolean isExpected() {
    return inventory != null && inventory.getIntervalMs() > 0;
  }

  /** Whether a timer is still to come; one that is overdue was lost. */
  boolean isAwaited(Instant now) {
    return timerAt != null && !timerAt.isBefore(now);
  }

  ResourceState inventory(Resource newest, Instant since) {
    return new ResourceState(newest, since, heardAt, eventAt, timerAt, series, missed);
  }

  ResourceState heard(Instant now, Instant at, boolean stillMissed) {
    return new ResourceState(inventory, registeredAt, now, at, timerAt, series, stillMissed);
  }

  ResourceState missed(boolean isMissed) {
    return new ResourceState(inventory, registeredAt, heardAt, eventAt, timerAt, series, isMissed);
  }

  ResourceState timer(Instant at) {
    return new ResourceState(inventory, registeredAt, heardAt, eventAt, at, series, missed);
  }

  ResourceState series(int count) {
    return new ResourceState(inventory, registeredAt, heardAt, eventAt, timerAt, count, missed);
  }
}
