package io.tocsin.capacity.choice;

import java.util.Locale;

/** What VM and container are compared by; the mission's. */
public enum Criterion {
  PERFORMANCE,
  SECURITY,
  SCALABILITY,
  MANAGEMENT,
  COST_BENEFIT,
  MATURITY,
  OVERHEAD,
  START_TIME,
  ISOLATION,
  PORTABILITY;

  /** {@code cost-benefit}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
