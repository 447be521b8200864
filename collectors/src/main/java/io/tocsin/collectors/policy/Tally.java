package io.tocsin.collectors.policy;

/** Told of everything that a policy changed or left out. */
@FunctionalInterface
public interface Tally {

  /** What a policy did. The reason is the value of the counter's tag. */
  enum What {
    /** A time was clamped: {@code future}, {@code past}. */
    CLAMPED,
    /** A label was changed or left out. */
    LABELS,
    /** A measurement of a series over the limit was {@code folded} or {@code refused}. */
    SERIES
  }

  /** One more. */
  void count(What what, String reason);
}
