package io.tocsin.alerting.detect;

import java.time.Duration;

/**
 * How a {@link Baseline} looks at a series. None of it has the unit of the series, so one setting
 * serves all.
 *
 * @param bin values are averaged over this for the views of level, so that a fast series needs no
 *     more state than a slow one; 5 minutes, the usual step of hosters' metrics
 * @param recent the span that is "now" for the views of level; an hour, the unit in which people
 *     speak of load
 * @param jumpReference span before it that {@link View#JUMP} compares with; 3 h
 * @param shiftReference span before it that {@link View#SHIFT} compares with; 6 h, longer because a
 *     median needs more values than a mean to be as steady
 * @param block extremes are kept one for each block, so that one long excursion does not pass for
 *     many; 1 h
 * @param kept how many of the greatest blocks are kept; 20, where the error of the estimated scale
 *     is 1/sqrt(20) = 22 %
 * @param share of all blocks that may count as the tail; 0.2
 * @param learning how much has to be known before anything is judged; half a day
 * @param generation after this the past begins to be forgotten, after twice this it is forgotten;
 *     two weeks, so that at least two of each weekday are always known
 * @param surprise least surprise of an alarm, in nats; 6.5, for e^6.5 blocks of an hour are four
 *     weeks: each view and direction is allowed about one false alarm in that time, whatever the
 *     series
 * @param margin how many scales beyond the record a value has to be; 0.5, so that records by a
 *     hair, of which even a stationary series has about ln n, are none
 */
public record BaselineSettings(
    Duration bin,
    Duration recent,
    Duration jumpReference,
    Duration shiftReference,
    Duration block,
    int kept,
    double share,
    Duration learning,
    Duration generation,
    double surprise,
    double margin) {

  /** What is shipped. */
  public static final BaselineSettings DEFAULT =
      new BaselineSettings(
          Duration.ofMinutes(5),
          Duration.ofHours(1),
          Duration.ofHours(3),
          Duration.ofHours(6),
          Duration.ofHours(1),
          20,
          0.2,
          Duration.ofHours(12),
          Duration.ofDays(14),
          6.5,
          0.5);

  /** Refuses what makes no sense. */
  public BaselineSettings {
    if (bin.toMillis() <= 0 || recent.compareTo(bin) < 0 || block.toMillis() <= 0) {
      throw new IllegalArgumentException("a baseline needs a bin, a block, and recent >= bin");
    }
    if (jumpReference.compareTo(recent) < 0 || shiftReference.compareTo(recent) < 0) {
      throw new IllegalArgumentException("what is recent must not be longer than its references");
    }
    if (kept < 3 || !(share > 0 && share <= 1) || generation.compareTo(block) < 0) {
      throw new IllegalArgumentException(
          "a baseline keeps at least 3 blocks, of a share in (0, 1], for at least a block");
    }
    if (!(surprise > 0) || !(margin >= 0)) {
      throw new IllegalArgumentException("surprise has to be above 0 and margin 0 or more");
    }
  }

  int recentBins() {
    return bins(recent);
  }

  int referenceBins(View view) {
    return bins(view == View.JUMP ? jumpReference : shiftReference);
  }

  int binsKept() {
    return recentBins() + Math.max(bins(jumpReference), bins(shiftReference));
  }

  private int bins(Duration span) {
    return (int) (span.toMillis() / bin.toMillis());
  }
}
