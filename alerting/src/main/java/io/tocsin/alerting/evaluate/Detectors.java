package io.tocsin.alerting.evaluate;

import java.time.Duration;

/** The detectors that rules may ask for. */
public interface Detectors {

  /** Figures {@code rate} and {@code change} over a time. */
  Detector rate(Duration over);

  /** Figures {@code score}, {@code expected} and {@code spread} against what is usual. */
  Detector baseline();

  /** Figures {@code score}, {@code expected} and {@code spread} of the difference of two ends. */
  EdgeDetector difference();
}
