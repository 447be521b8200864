package io.tocsin.streams.bottleneck;

/**
 * How sure a bottleneck is, 0 to 1. Ours: having lasted above its threshold earns {@value #BASE};
 * the way from the threshold to the ceiling ({@link Sign#way}) earns up to {@value #DISTANCE},
 * second evidence up to {@value #EVIDENCE}.
 */
final class Confidence {

  static final double BASE = 0.5;
  static final double DISTANCE = 0.2;
  static final double EVIDENCE = 0.3;

  private Confidence() {}

  static double of(double way, Corroboration second) {
    return BASE + DISTANCE * way + EVIDENCE * second.weight();
  }
}
