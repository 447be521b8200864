package io.tocsin.embedded;

/**
 * An engine that did not come up or went away. The message is one line that says which part, what
 * was wrong and what to do; the cause, if any, belongs in the log file and not on the screen.
 */
public final class PartFailure extends Exception {

  private final String part;

  public PartFailure(String part, String line, Throwable cause) {
    super(part + ": " + line.strip().replaceAll("\\s*\\R\\s*", " "), cause);
    this.part = part;
  }

  public PartFailure(String part, String line) {
    this(part, line, null);
  }

  /** The innermost cause's own words: the wrapping ones say only that something went wrong. */
  static String reason(Throwable thrown) {
    Throwable root = thrown;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
  }

  /** The name of the part that failed. */
  public String part() {
    return part;
  }

  /** The exit status to end the process with. */
  public ExitCode exitCode() {
    return ExitCode.PART_FAILED;
  }
}
