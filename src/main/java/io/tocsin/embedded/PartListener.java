package io.tocsin.embedded;

import java.time.Duration;

/** Hears how the parts fare, for progress lines. Called from several threads. */
public interface PartListener {

  /**
   * A part answers.
   *
   * @param part its name
   * @param took from the beginning of its start to its first answer
   * @param address where it answers
   */
  void started(String part, Duration took, String address);

  /** A part that had started ended by itself. */
  void died(PartFailure failure);
}
