package io.tocsin.history;

import java.util.List;

/** All that is wrong with a question to history, each a line for people that says what to do. */
public final class QueryProblems extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  private final transient List<String> lines;

  QueryProblems(List<String> lines) {
    super(String.join("\n", lines));
    this.lines = List.copyOf(lines);
  }

  /** The problems. */
  public List<String> lines() {
    return lines;
  }
}
