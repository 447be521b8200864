package io.tocsin.alerting.evaluate;

import io.tocsin.alerting.detect.EdgeDifference;
import io.tocsin.alerting.signal.Fields;

/** Judges what callers measure and what the called end measures by their own past. */
@FunctionalInterface
public interface EdgeDetector {

  /**
   * What a window was found to be.
   *
   * @param past with this window
   * @param figures what was derived; {@code why} may be a sentence
   */
  record Judged(EdgeDifference.State past, Fields figures) {}

  /** Judges a window that is newer than all of the past. */
  Judged judge(EdgeDifference.State past, EdgeTick tick);
}
