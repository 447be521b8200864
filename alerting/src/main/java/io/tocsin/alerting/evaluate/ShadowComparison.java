package io.tocsin.alerting.evaluate;

import io.tocsin.alerting.rules.Rule;
import io.tocsin.schemas.Alert;
import io.tocsin.schemas.AlertState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Compares what a shadow rule says with what the live one says: which episodes both have on the
 * same series at overlapping times, and which only one of them has.
 *
 * <p>An episode goes from FIRING to CLEARED, in event time. One that has cleared without the other
 * is counted only {@link #GRACE} later, as alerts of different resources overtake each other. The
 * same alerts in another order give the same counts if none comes later than that.
 */
public final class ShadowComparison {

  /** Event time for which the other rule's alert may be late. */
  static final Duration GRACE = Duration.ofMinutes(1);

  /** Episodes kept that are not counted for good; the oldest are counted as they stand. */
  static final int MOST_OPEN = 1_000;

  private static final int MOST_DIFFERENCES = 10;

  private ShadowComparison() {}

  /**
   * The comparison with one alert more, of either rule; alerts of other rules change nothing.
   *
   * @param state the comparison so far; null if there is none
   */
  public static ShadowState onAlert(Rule shadow, Alert alert, ShadowState state) {
    boolean isShadow = alert.getRule().equals(shadow.name());
    if (!isShadow && !alert.getRule().equals(shadow.shadowOf())) {
      return state;
    }
    ShadowState was = state;
    if (was == null || !was.version().equals(shadow.version())) {
      was =
          new ShadowState(
              shadow.name(),
              shadow.version(),
              shadow.shadowOf(),
              alert.getAt(),
              alert.getAt(),
              0,
              0,
              0,
              List.of(),
              List.of());
    }
    List<ShadowEpisode> open = new ArrayList<>(was.open());
    long met = 0;
    if (alert.getState() == AlertState.FIRING || alert.getState() == AlertState.FLAPPING) {
      met = fire(alert, isShadow, open);
    } else if (alert.getState() == AlertState.CLEARED) {
      open.replaceAll(
          episode ->
              episode.id().equals(alert.getId()) && episode.isShadow() == isShadow
                  ? episode.cleared(alert.getAt())
                  : episode);
    }
    return count(was, later(was.newestAt(), alert.getAt()), met, open);
  }

  /** Adds an episode; says how many of the live rule's are now known to be the shadow's too. */
  private static long fire(Alert alert, boolean isShadow, List<ShadowEpisode> open) {
    for (ShadowEpisode known : open) {
      if (known.id().equals(alert.getId()) && known.isShadow() == isShadow) {
        return 0;
      }
    }
    ShadowEpisode fresh =
        new ShadowEpisode(
            alert.getId(),
            alert.getResourceId(),
            alert.getSeries(),
            isShadow,
            alert.getAt(),
            null,
            false);
    long met = 0;
    for (int i = 0; i < open.size(); i++) {
      ShadowEpisode other = open.get(i);
      if (other.overlaps(fresh)) {
        met += isShadow && !other.isMet() ? 1 : 0;
        met += !isShadow && !fresh.isMet() ? 1 : 0;
        open.set(i, other.met());
        fresh = fresh.met();
      }
    }
    open.add(fresh);
    return met;
  }

  private static ShadowState count(
      ShadowState was, Instant newestAt, long met, List<ShadowEpisode> episodes) {
    Instant ripe = newestAt.minus(GRACE);
    List<ShadowEpisode> open = new ArrayList<>();
    List<String> latest = new ArrayList<>(was.latest());
    long onlyLive = was.onlyLive();
    long onlyShadow = was.onlyShadow();
    int tooMany = episodes.size() - MOST_OPEN;
    for (ShadowEpisode episode : episodes) {
      boolean done = episode.clearedAt() != null && episode.clearedAt().isBefore(ripe);
      boolean pushedOut = !done && tooMany > 0;
      tooMany -= done || pushedOut ? 1 : 0;
      if (!done && !pushedOut) {
        open.add(episode);
      } else if (!episode.isMet()) {
        onlyLive += episode.isShadow() ? 0 : 1;
        onlyShadow += episode.isShadow() ? 1 : 0;
        latest.add(words(was, episode));
      }
    }
    int surplus = Math.max(0, latest.size() - MOST_DIFFERENCES);
    return new ShadowState(
        was.shadow(),
        was.version(),
        was.live(),
        was.since(),
        newestAt,
        was.both() + met,
        onlyLive,
        onlyShadow,
        List.copyOf(latest.subList(surplus, latest.size())),
        List.copyOf(open));
  }

  private static String words(ShadowState state, ShadowEpisode episode) {
    String series = episode.series().isEmpty() ? "" : " (" + episode.series() + ")";
    return "only "
        + (episode.isShadow() ? state.shadow() : state.live())
        + " fired on "
        + episode.resourceId()
        + series
        + ", from "
        + episode.firedAt()
        + (episode.clearedAt() == null ? "" : " to " + episode.clearedAt());
  }

  private static Instant later(Instant a, Instant b) {
    return a.isAfter(b) ? a : b;
  }
}
