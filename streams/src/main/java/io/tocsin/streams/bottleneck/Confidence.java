package io.tocsin.streams.bottleneck;

/**
 * How sure a bottleneck is, 0 to 1. Ours: having lasted above its threshold earns {@value #BASE};
 * the way from the threshold to the ceiling (100 %, or twice a threshold that has none) earns up to
 * {@value #DISTANCE}, second evidence up to {@value #EVIDENCE}.
 */
final class Confidence {

  static final double BASE = 0.5;
  static final double DISTANCE = 0.2;
  static final double EVIDENCE = 0.3;

  private Confidence() {}

  static double of(Signal signal, Corroboration.Verdict verdict) {
    double ceiling =
        signal.unit().equals("%") && signal.threshold() < 100 ? 100 : 2 * signal.threshold();
    double way = (signal.value() - signal.threshold()) / (ceiling - signal.threshold());
    return BASE + DISTANCE * Math.max(0, Math.min(1, way)) + EVIDENCE * verdict.weight;
  }
}
