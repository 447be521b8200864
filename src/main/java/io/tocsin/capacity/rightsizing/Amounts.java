package io.tocsin.capacity.rightsizing;

import java.util.Locale;

/** Cores and bytes in words. */
public final class Amounts {

  private static final double GIB = 1024.0 * 1024 * 1024;

  private Amounts() {}

  /** {@code 2 cores}, {@code 0.25 cores}, {@code 3.5 GiB}; {@code ?} if unknown. */
  public static String of(Dimension dimension, double amount) {
    if (Double.isNaN(amount)) {
      return "?";
    }
    return dimension == Dimension.CPU
        ? number(amount) + (amount == 1 ? " core" : " cores")
        : number(amount / GIB) + " GiB";
  }

  private static String number(double amount) {
    if (amount == Math.rint(amount)) {
      return Long.toString((long) amount);
    }
    return String.format(Locale.ROOT, amount < 10 ? "%.2f" : "%.1f", amount);
  }
}
