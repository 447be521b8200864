package io.tocsin.capacity;

import java.util.List;

/** A question about capacity cannot be answered; says all that stands in the way at once. */
public final class CapacityException extends Exception {

  private static final long serialVersionUID = 1L;

  private final transient List<String> problems;

  /** All problems, each a line that says what is wrong, where, and what to do. */
  public CapacityException(List<String> problems) {
    super(String.join("\n", problems));
    this.problems = List.copyOf(problems);
  }

  /** The lines. */
  public List<String> problems() {
    return problems;
  }
}
