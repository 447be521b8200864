package io.tocsin.capacity.choice;

/**
 * Something that may go wrong with a move.
 *
 * @param category what kind
 * @param what may happen
 * @param likelihood how likely
 * @param impact how bad
 * @param mitigation what to do about it
 */
public record Risk(
    Category category, String what, Degree likelihood, Degree impact, String mitigation) {

  /** The mission's kinds. */
  public enum Category {
    TECHNICAL,
    BUSINESS,
    STAFF,
    TIME
  }

  /** How likely, how bad. */
  public enum Degree {
    LOW,
    MEDIUM,
    HIGH
  }

  /** From 1 to 9; the register is in the order of it. */
  public int weight() {
    return (likelihood.ordinal() + 1) * (impact.ordinal() + 1);
  }
}
