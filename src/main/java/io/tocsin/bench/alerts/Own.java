package io.tocsin.bench.alerts;

import io.tocsin.bench.BenchFailure;
import io.tocsin.bench.ProcessUsage;
import java.io.IOException;

/** This very process, which makes the load and waits for the pages. */
final class Own {

  private Own() {}

  static ProcessUsage usage() {
    try {
      return ProcessUsage.of(ProcessHandle.current().pid());
    } catch (IOException unknown) {
      throw new BenchFailure("own CPU time cannot be read: " + unknown.getMessage(), unknown);
    }
  }
}
