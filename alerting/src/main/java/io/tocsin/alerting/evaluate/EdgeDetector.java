package io.tocsin.alerting.evaluate;

import java.time.Instant;

/** Judges what the caller measures and what the called end measures by their own past. */
@FunctionalInterface
public interface EdgeDetector {

  /**
   * Judges the figures of both ends of one edge, of one time, beside those of the other callers.
   *
   * @param memory the past of all edges of the called end; null if there is none
   * @param caller id of the calling end
   * @param callee id of the called end, for people
   */
  Detector.Judged judge(
      byte[] memory,
      Instant at,
      String caller,
      String callee,
      double seenByCaller,
      double seenByCallee);
}
