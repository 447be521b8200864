package io.tocsin.alerting.detect;

import java.math.BigDecimal;
import java.math.MathContext;

/** Numbers for people: as many digits as tell something, no trailing zeros. */
final class Digits {

  private static final MathContext FOUR = new MathContext(4);
  private static final int LONGEST = 10;

  private Digits() {}

  static String of(double number) {
    if (!Double.isFinite(number)) {
      return Double.toString(number);
    }
    BigDecimal rounded = new BigDecimal(number).round(FOUR).stripTrailingZeros();
    String plain = rounded.toPlainString();
    return plain.length() <= LONGEST ? plain : rounded.toString();
  }
}
