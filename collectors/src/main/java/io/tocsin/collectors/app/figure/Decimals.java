package io.tocsin.collectors.app.figure;

import java.nio.charset.StandardCharsets;

/** Reads numbers out of bytes, most of them without making a string. */
public final class Decimals {

  /** Powers of ten that a double holds exactly. */
  private static final double[] TENS = {
    1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17,
    1e18, 1e19, 1e20, 1e21, 1e22
  };

  private static final long EXACT = 1L << 53;
  private static final int LONGEST = 400;

  private Decimals() {}

  /**
   * A decimal number with or without fraction and exponent; not the words for infinity and NaN.
   *
   * <p>A mantissa below 2^53 divided by an exact power of ten is the nearest double (Clinger 1990);
   * everything else goes to the JDK.
   */
  public static double decimal(byte[] bytes, int from, int to) throws Malformed {
    int i = from;
    boolean negative = i < to && bytes[i] == '-';
    if (i < to && (negative || bytes[i] == '+')) {
      i++;
    }
    long mantissa = 0;
    int digits = 0;
    int fraction = -1;
    for (; i < to; i++) {
      int digit = bytes[i] - '0';
      if (digit >= 0 && digit <= 9) {
        if (mantissa >= EXACT / 10) {
          return slow(bytes, from, to);
        }
        mantissa = mantissa * 10 + digit;
        digits++;
        fraction += fraction < 0 ? 0 : 1;
      } else if (bytes[i] == '.' && fraction < 0) {
        fraction = 0;
      } else {
        return slow(bytes, from, to);
      }
    }
    if (digits == 0) {
      throw noNumber();
    }
    if (fraction >= TENS.length) {
      return slow(bytes, from, to);
    }
    double value = fraction > 0 ? mantissa / TENS[fraction] : mantissa;
    return negative ? -value : value;
  }

  private static double slow(byte[] bytes, int from, int to) throws Malformed {
    if (to - from > LONGEST) {
      throw noNumber();
    }
    for (int i = from; i < to; i++) {
      byte b = bytes[i];
      // The JDK would also take "1d", "0x1p3" and blanks.
      if ((b < '0' || b > '9') && b != '+' && b != '-' && b != '.' && b != 'e' && b != 'E') {
        throw noNumber();
      }
    }
    double value;
    try {
      value = Double.parseDouble(new String(bytes, from, to - from, StandardCharsets.ISO_8859_1));
    } catch (NumberFormatException e) {
      throw noNumber();
    }
    if (Double.isInfinite(value)) {
      throw new Malformed("the value is larger than a double can be");
    }
    return value;
  }

  /** A whole number from -2^63 to 2^63 - 1. */
  public static long whole(byte[] bytes, int from, int to) throws Malformed {
    boolean negative = from < to && bytes[from] == '-';
    int i = negative ? from + 1 : from;
    if (i >= to) {
      throw noWholeNumber();
    }
    long value = 0;
    for (; i < to; i++) {
      int digit = bytes[i] - '0';
      if (digit < 0 || digit > 9 || value < (Long.MIN_VALUE + digit) / 10) {
        throw noWholeNumber();
      }
      // Counted down, because there is one more number below zero than above.
      value = value * 10 - digit;
    }
    if (!negative && value == Long.MIN_VALUE) {
      throw noWholeNumber();
    }
    return negative ? value : -value;
  }

  private static Malformed noNumber() {
    return new Malformed("the value is no number");
  }

  private static Malformed noWholeNumber() {
    return new Malformed("it is no whole number of 64 bits");
  }
}
