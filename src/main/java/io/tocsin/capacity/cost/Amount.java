package io.tocsin.capacity.cost;

/**
 * A price or a sum of money, as three guesses.
 *
 * @param low not above base
 * @param base the best guess
 * @param high not below base
 * @param source file and line it was read from
 */
public record Amount(double low, double base, double high, String source) {

  /** Nothing. */
  public static final Amount ZERO = new Amount(0, 0, 0, "not in the price book");

  /** One of the guesses. */
  public double at(Estimate estimate) {
    return switch (estimate) {
      case LOW -> low;
      case BASE -> base;
      case HIGH -> high;
    };
  }

  Traced traced(String name, String unit, Estimate estimate) {
    String which = low == high ? "" : ", " + estimate.word();
    return Traced.given(name, at(estimate), unit, source + which);
  }
}
