package io.tocsin.alerting.evaluate;

import io.tocsin.alerting.signal.Fields;
import java.time.Instant;

/** Judges a figure by its own past. Without memory of its own; says the same of the same. */
@FunctionalInterface
public interface Detector {

  /**
   * What a value was found to be.
   *
   * @param memory the past with this value
   * @param figures what was derived; {@code why} may be a sentence
   */
  record Judged(Memory memory, Fields figures) {}

  /**
   * Judges a value.
   *
   * @param memory the past; null if there is none
   * @param at event time, later than all of the past
   * @param value finite
   */
  Judged judge(Memory memory, Instant at, double value);
}
