package io.tocsin.alerting.detect;

import java.util.Arrays;

/**
 * The latest so many numbers, oldest first. A record of plain fields, so that Flink keeps it
 * without Kryo; what it holds is not changed once it is made.
 *
 * @param values the numbers, at most as many as the ring takes
 */
public record Ring(double[] values) {

  /** A ring of nothing. */
  public static Ring empty() {
    return new Ring(new double[0]);
  }

  int size() {
    return values.length;
  }

  /** With one more number, and without the oldest if there would be more than {@code capacity}. */
  Ring with(double value, int capacity) {
    int from = Math.max(0, values.length + 1 - capacity);
    double[] longer = Arrays.copyOfRange(values, from, values.length + 1);
    longer[longer.length - 1] = value;
    return new Ring(longer);
  }

  /** Without the oldest so many. */
  Ring from(int index) {
    return index == 0 ? this : new Ring(Arrays.copyOfRange(values, index, values.length));
  }

  /** The median; NaN of nothing. */
  double median() {
    return median(values.clone());
  }

  /** The median distance from a centre; NaN of nothing. */
  double medianDistanceFrom(double centre) {
    return median(Arrays.stream(values).map(value -> Math.abs(value - centre)).toArray());
  }

  private static double median(double[] numbers) {
    if (numbers.length == 0) {
      return Double.NaN;
    }
    Arrays.sort(numbers);
    int middle = numbers.length / 2;
    return numbers.length % 2 == 1
        ? numbers[middle]
        : numbers[middle - 1] / 2 + numbers[middle] / 2;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Ring ring && Arrays.equals(values, ring.values);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return Arrays.toString(values);
  }
}
