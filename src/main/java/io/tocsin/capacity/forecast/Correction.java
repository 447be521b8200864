package io.tocsin.capacity.forecast;

import java.util.ArrayList;
import java.util.List;

/**
 * How much wider intervals have to be than past errors say, because the series has been changing
 * its habits: by as much as they have held too little so far. A step of adaptive conformal
 * inference (<a href="https://arxiv.org/abs/2106.00170">Gibbs and Candès 2021</a>), upwards only:
 * that they have held more than promised is no reason to promise less.
 */
final class Correction {

  /** Beyond it an interval is made of a handful of errors. */
  private static final double MOST = 0.99;

  private final double level;
  private final int least;
  private final List<Seen> seen = new ArrayList<>();

  /** Whether what came at a step was within the interval. */
  private record Seen(int step, boolean isWithin) {}

  /**
   * Begins without knowing anything.
   *
   * @param level share of outcomes that intervals should hold
   * @param least outcomes that have to be known before anything is corrected
   */
  Correction(double level, int least) {
    this.level = level;
    this.least = least;
  }

  void add(int step, boolean isWithin) {
    seen.add(new Seen(step, isWithin));
  }

  /** The level to ask for, by what was known at a step. */
  double levelAt(int now) {
    int known = 0;
    int within = 0;
    for (Seen each : seen) {
      if (each.step < now) {
        known++;
        within += each.isWithin ? 1 : 0;
      }
    }
    if (known < least) {
      return level;
    }
    double missing = Math.max(0, level - (double) within / known);
    return Math.min(Math.max(MOST, level), level + missing);
  }
}
