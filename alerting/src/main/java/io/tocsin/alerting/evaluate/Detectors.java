package io.tocsin.alerting.evaluate;

import java.time.Duration;

/** The detectors that rules may ask for. */
public interface Detectors {

  /** Figures {@code rate} and {@code change} over a time. */
  Detector rate(Duration over);

  /**
   * Figures {@code unusual}, {@code unusually_high}, {@code unusually_low}, {@code score}, {@code
   * expected} and {@code spread}.
   *
   * @param seasonal whether each hour is compared with the same hour of other days too
   */
  Detector baseline(boolean seasonal);

  /**
   * Figures {@code unusual}, {@code score}, {@code expected} and {@code spread} of the difference
   * between the two ends of a call, and {@code difference} itself.
   */
  EdgeDetector difference();
}
