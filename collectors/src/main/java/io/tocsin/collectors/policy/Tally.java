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
    SERIES,
    /** A value was dropped, hashed or masked by its class. */
    CLASSIFIED
  }

  /** One more. */
  void count(What what, String reason);

  /**
   * One more value that did not leave as it was.
   *
   * @param reason class and action, such as {@code secret-dropped}
   * @param name of the label or field; text from outside
   */
  default void classified(String reason, String name) {
    count(What.CLASSIFIED, reason);
  }
}
