package io.tocsin.alerting.detect;

import java.time.Duration;

/**
 * When a share of capacity counts as saturated, and when as well again.
 *
 * @param enter percent above which a sample is bad; 80, the mission's threshold for CPU
 * @param leave percent below which a sample is good; what lies between keeps things as they are
 * @param leastSamples bad samples running that open; 2, for one alone is a burst
 * @param leastSpan that they have to span; 45 s, two samples at one a minute with their jitter
 * @param leastCalm how long samples have to be good before it is over; 2 min
 * @param calmPerIncident the same as a share of how long it was bad; 1: what was ill for a day is
 *     not well after a minute. Damps flapping without a scale of time of its own
 * @param mostCalm never longer than this; a day
 */
public record SaturationSettings(
    double enter,
    double leave,
    int leastSamples,
    Duration leastSpan,
    Duration leastCalm,
    double calmPerIncident,
    Duration mostCalm) {

  /** What is shipped. */
  public static final SaturationSettings DEFAULT =
      new SaturationSettings(
          80, 80, 2, Duration.ofSeconds(45), Duration.ofMinutes(2), 1, Duration.ofDays(1));

  /** For memory: the same with 90 %, the mission's threshold. */
  public static final SaturationSettings MEMORY =
      new SaturationSettings(
          90, 90, 2, Duration.ofSeconds(45), Duration.ofMinutes(2), 1, Duration.ofDays(1));

  /** Refuses what makes no sense. */
  public SaturationSettings {
    if (!(leave <= enter) || leastSamples < 1 || !(calmPerIncident >= 0)) {
      throw new IllegalArgumentException(
          "saturation needs leave <= enter, at least one sample and a calm of 0 or more");
    }
    if (leastSpan.isNegative() || leastCalm.isNegative() || mostCalm.compareTo(leastCalm) < 0) {
      throw new IllegalArgumentException("saturation needs spans >= 0 and most >= least calm");
    }
  }
}
