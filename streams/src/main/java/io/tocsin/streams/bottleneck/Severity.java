package io.tocsin.streams.bottleneck;

import io.tocsin.schemas.BottleneckSeverity;

/** How bad a bottleneck is, as the contract has it. */
final class Severity {

  static final double HALF = 0.5;

  /** From there on it is close to the ceiling: CPU at 98 %, memory at 99 %. */
  static final double CLOSE = 0.9;

  private Severity() {}

  /**
   * The severity.
   *
   * @param way from the threshold, 0, to the ceiling, 1
   * @param isConfirmed whether second evidence confirms it
   * @param isWorkLost whether a process was killed in this episode
   */
  static BottleneckSeverity of(double way, boolean isConfirmed, boolean isWorkLost) {
    if (isWorkLost) {
      return BottleneckSeverity.CRITICAL;
    }
    if (way >= CLOSE || way >= HALF && isConfirmed) {
      return BottleneckSeverity.HIGH;
    }
    return way >= HALF || isConfirmed ? BottleneckSeverity.MEDIUM : BottleneckSeverity.LOW;
  }
}
