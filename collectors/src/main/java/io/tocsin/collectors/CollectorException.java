package io.tocsin.collectors;

/**
 * A collector, or one of its parsers, could not use what it read. Carries no stack trace: the
 * {@link Problem} says where, and a source may fail at every tick.
 */
public final class CollectorException extends Exception {

  private static final long serialVersionUID = 1L;

  private final transient Problem problem;

  /** An error that is told and counted as {@code problem}. */
  public CollectorException(Problem problem) {
    super(problem.toString(), null, false, false);
    this.problem = problem;
  }

  /** The same for one made on the spot. */
  public CollectorException(Problem.Reason reason, String where, String what) {
    this(new Problem(reason, where, what));
  }

  /** What was wrong and where. */
  public Problem problem() {
    return problem;
  }
}
