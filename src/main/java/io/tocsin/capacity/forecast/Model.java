package io.tocsin.capacity.forecast;

/** One way to continue a series. */
interface Model {

  /** For people: what it is, and of which season. */
  String name();

  /** Steps it has to have seen before it can say anything. */
  int least();

  /**
   * Continues a series.
   *
   * @param values NaN where nothing is known; only those before the origin are looked at
   * @param origin index of the first step that is not known
   * @param horizon steps to continue for
   * @return one value for each step from the origin; NaN where it cannot say
   */
  double[] predict(double[] values, int origin, int horizon);
}
