package io.tocsin.alerting.evaluate;

import java.time.Instant;

/** Judges what the caller measures and what the called end measures by their own past. */
@FunctionalInterface
public interface EdgeDetector {

  /**
   * Judges the figures of both ends of an edge, of one time.
   *
   * @param memory the edge's past; null if there is none
   * @param callee id of the called end, for people
   */
  Detector.Judged judge(
      byte[] memory, Instant at, String callee, double seenByCaller, double seenByCallee);
}
