package io.tocsin.capacity.cost;

import java.util.Locale;

/** Which of three guesses about what nobody knows exactly. */
public enum Estimate {
  LOW,
  BASE,
  HIGH;

  /** {@code base}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The other end; the base is its own. */
  public Estimate opposite() {
    return values()[2 - ordinal()];
  }
}
