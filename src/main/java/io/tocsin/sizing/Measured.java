package io.tocsin.sizing;

/**
 * One figure that was measured, or read off the code.
 *
 * @param value in its unit
 * @param unit what it counts
 * @param from how it was come by: a command, or where it follows from
 */
public record Measured(double value, String unit, String from) {

  /**
   * Checks that it can be calculated with.
   *
   * @throws IllegalArgumentException if it is not a number above 0, or says not where it is from
   */
  public Measured {
    if (!(value > 0) || Double.isInfinite(value)) {
      throw new IllegalArgumentException("a figure has to be a number above 0, not " + value);
    }
    if (unit == null || from == null || from.isBlank()) {
      throw new IllegalArgumentException("a figure has to say its unit and where it is from");
    }
  }

  /** The same figure, measured elsewhere. */
  Measured measuredAs(double other, String where) {
    return new Measured(other, unit, where);
  }
}
