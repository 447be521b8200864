package io.tocsin.alerting.evaluate;

import java.time.Duration;

/** The detectors that rules may ask for. */
public interface Detectors {

  /** Figures {@code rate} and {@code change} over a time. */
  Detector rate(Duration over);

  /** Figures {@code unusual}, {@code score}, {@code expected} and {@code spread}. */
  Detector baseline(boolean seasonal);

  /** The same of the difference between the two ends of a call, and {@code difference} itself. */
  EdgeDetector difference();
}
