package io.tocsin.history;

import java.util.Optional;

/** What resources cost. Asked once an hour for each, by its size in that hour. */
public interface Pricing {

  /** Three letters, ISO 4217. */
  String currency();

  /**
   * What a resource costs a month.
   *
   * @param resource its id
   * @param kind what it is, such as {@code VM}
   * @param cores it is given
   * @param memoryBytes it is given
   * @return empty for a kind that has no price
   */
  Optional<Cost> monthly(String resource, String kind, double cores, double memoryBytes);

  /**
   * An amount of money a month, as three guesses.
   *
   * @param low not above base
   * @param base the best guess
   * @param high not below base
   */
  record Cost(double low, double base, double high) {

    Cost plus(Cost other) {
      return new Cost(low + other.low, base + other.base, high + other.high);
    }
  }
}
