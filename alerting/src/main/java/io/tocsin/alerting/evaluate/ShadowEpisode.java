package io.tocsin.alerting.evaluate;

import java.time.Instant;

/**
 * One episode of either rule of a comparison, which is not yet counted for good.
 *
 * @param id id of the episode
 * @param resourceId the resource
 * @param series which of several independent things of that resource
 * @param isShadow whose it is
 * @param firedAt event time at which it fired
 * @param clearedAt event time at which it cleared; null while it has not
 * @param isMet whether the other rule fired in the meantime
 */
public record ShadowEpisode(
    String id,
    String resourceId,
    String series,
    boolean isShadow,
    Instant firedAt,
    Instant clearedAt,
    boolean isMet) {

  boolean overlaps(ShadowEpisode other) {
    return isShadow != other.isShadow
        && resourceId.equals(other.resourceId)
        && series.equals(other.series)
        && (clearedAt == null || !other.firedAt.isAfter(clearedAt))
        && (other.clearedAt == null || !firedAt.isAfter(other.clearedAt));
  }

  ShadowEpisode met() {
    return new ShadowEpisode(id, resourceId, series, isShadow, firedAt, clearedAt, true);
  }

  ShadowEpisode cleared(Instant at) {
    return new ShadowEpisode(id, resourceId, series, isShadow, firedAt, at, isMet);
  }
}
