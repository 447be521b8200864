package io.tocsin.bench;

/** The bench cannot go on; the message is one line for people. */
public final class BenchFailure extends RuntimeException {

  private static final long serialVersionUID = 1L;

  BenchFailure(String line) {
    super(line);
  }

  BenchFailure(String line, Throwable cause) {
    super(line, cause);
  }
}
