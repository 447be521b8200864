package io.tocsin.cli;

/** Why a command cannot go on: lines for the user, no stack trace, and the exit code. */
final class CommandFailure extends Exception {

  /** The configuration cannot be used. */
  static final int BAD_CONFIGURATION = 3;

  /** The pipeline that was asked does not answer. */
  static final int NOT_RUNNING = 4;

  /** The demonstration did not see what it should have seen. */
  static final int DEMO_FAILED = 5;

  /** The bench could not measure, or measured something that works wrongly. */
  static final int BENCH_FAILED = 6;

  /** The pipeline answered, and refused what was asked. */
  static final int REFUSED = 8;

  private static final long serialVersionUID = 1L;

  private final int exitCode;

  CommandFailure(int exitCode, String lines) {
    super(lines);
    this.exitCode = exitCode;
  }

  CommandFailure(int exitCode, String lines, Throwable cause) {
    super(lines, cause);
    this.exitCode = exitCode;
  }

  int exitCode() {
    return exitCode;
  }
}
