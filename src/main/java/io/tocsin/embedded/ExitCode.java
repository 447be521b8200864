package io.tocsin.embedded;

/**
 * Why the installation cannot run, as the process's exit status, so that a script can tell a taken
 * port from a full disk. The numbers start at 10 to stay clear of the shell's and picocli's own.
 */
public enum ExitCode {
  JAVA_TOO_OLD(10),
  DATA_DIRECTORY_UNUSABLE(11),
  ALREADY_RUNNING(12),
  DISK_FULL(13),
  PORT_TAKEN(14),
  PART_FAILED(15);

  private final int status;

  ExitCode(int status) {
    this.status = status;
  }

  /** The process exit status, 10 to 15. */
  public int status() {
    return status;
  }
}
