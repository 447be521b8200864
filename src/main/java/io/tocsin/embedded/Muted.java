package io.tocsin.embedded;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * Keeps what an engine prints off the terminal, which is for progress lines, and returns it for the
 * log instead. Only the calling thread is muted: what others print meanwhile appears as ever.
 */
final class Muted {

  private Muted() {}

  /** Runs the action and returns what this thread printed meanwhile. */
  static synchronized String run(Runnable action) {
    PrintStream out = System.out;
    PrintStream err = System.err;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    System.setOut(diverted(out, printed));
    System.setErr(diverted(err, printed));
    try {
      action.run();
    } finally {
      System.setOut(out);
      System.setErr(err);
    }
    return printed.toString(StandardCharsets.UTF_8).strip();
  }

  private static PrintStream diverted(PrintStream terminal, ByteArrayOutputStream printed) {
    Thread muted = Thread.currentThread();
    OutputStream split =
        new OutputStream() {
          @Override
          public void write(int b) {
            write(new byte[] {(byte) b}, 0, 1);
          }

          @Override
          public void write(byte[] bytes, int from, int count) {
            if (Thread.currentThread() != muted) {
              terminal.write(bytes, from, count);
            } else {
              printed.write(bytes, from, count);
            }
          }

          @Override
          public void flush() {
            terminal.flush();
          }
        };
    return new PrintStream(split, true, StandardCharsets.UTF_8);
  }
}
