package io.tocsin.embedded;

import java.util.List;
import java.util.stream.Collectors;

/** The machine is not fit to start on. Carries every problem found, not just the first. */
public final class PreflightFailure extends Exception {

  private final transient List<Problem> problems;

  /**
   * @param problems at least one
   */
  public PreflightFailure(List<Problem> problems) {
    super(problems.stream().map(Problem::line).collect(Collectors.joining("\n")));
    this.problems = List.copyOf(problems);
  }

  /** At least one, the most basic first. */
  public List<Problem> problems() {
    return problems;
  }

  /** The exit status to end the process with: the first problem's. */
  public ExitCode exitCode() {
    return problems.get(0).exitCode();
  }
}
