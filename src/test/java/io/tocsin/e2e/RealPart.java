package io.tocsin.e2e;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** A program of the machine's that a test needs, and that may be missing. */
public final class RealPart {

  private RealPart() {}

  /** Goes on only if a command succeeds. */
  public static void need(String name, String how, String... command) throws InterruptedException {
    boolean there;
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      there = process.waitFor(60, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException missing) {
      there = false;
    }
    if (there) {
      return;
    }
    String message = name + " is not there: " + how;
    if (Boolean.getBoolean("tocsin.parts.required")) {
      fail(message);
    }
    abort(message);
  }

  /** Runs a command to its end and gives what it printed. */
  public static String run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes());
    if (process.waitFor() != 0) {
      throw new IOException(String.join(" ", command) + " failed: " + output);
    }
    return output.strip();
  }
}
