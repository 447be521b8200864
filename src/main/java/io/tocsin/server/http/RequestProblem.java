package io.tocsin.server.http;

import java.util.ArrayList;
import java.util.List;

/** A request that cannot be carried out, with all that is wrong with it. */
public final class RequestProblem extends Exception {

  private static final long serialVersionUID = 1L;

  private final ArrayList<String> problems;

  /** With one line for each thing that is wrong, as {@code field: what it must be}. */
  public RequestProblem(List<String> problems) {
    super(String.join("; ", problems));
    this.problems = new ArrayList<>(problems);
  }

  /** What is wrong, a line each. */
  public List<String> problems() {
    return problems;
  }
}
