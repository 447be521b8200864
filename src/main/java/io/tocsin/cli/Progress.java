package io.tocsin.cli;

import io.tocsin.embedded.PartFailure;
import io.tocsin.embedded.PartListener;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;

/** A line on the terminal for each part that comes up, and word of the first that dies. */
final class Progress implements PartListener {

  private final PrintWriter out;
  private final CompletableFuture<PartFailure> died = new CompletableFuture<>();

  Progress(PrintWriter out) {
    this.out = out;
  }

  @Override
  public synchronized void started(String part, Duration took, String address) {
    out.printf(
        Locale.ROOT, "  %-12s ready in %4.1f s   %s%n", part, took.toMillis() / 1_000.0, address);
    out.flush();
  }

  @Override
  public void died(PartFailure failure) {
    died.complete(failure);
  }

  /** Done when a part that had started ended by itself. */
  CompletableFuture<PartFailure> died() {
    return died;
  }
}
