package io.tocsin.bench;

/** The bench cannot go on; the message is one line for people. */
public final class BenchFailure extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** For the one reason given. */
  public BenchFailure(String line) {
    super(line);
  }

  /** For the one reason given, and what lies behind it. */
  public BenchFailure(String line, Throwable cause) {
    super(line, cause);
  }
}
