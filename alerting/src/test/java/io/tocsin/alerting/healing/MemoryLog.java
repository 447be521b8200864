package io.tocsin.alerting.healing;

import io.tocsin.schemas.HealOutcome;
import io.tocsin.schemas.HealResult;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A results topic in memory that can fail, stay silent, or take the whole program down. */
final class MemoryLog implements ResultLog {

  /** Ends the program, as far as a test can: nothing catches it. */
  static final class Crash extends Error {
    private static final long serialVersionUID = 1L;
  }

  private final List<HealResult> results = new ArrayList<>();
  private HealOutcome crashBefore;
  private HealOutcome crashAfter;
  private boolean silent;
  private int failures;
  private Runnable onAppend = () -> {};

  @Override
  public synchronized CompletableFuture<?> append(HealResult result, AuditNote note) {
    onAppend.run();
    if (result.getOutcome() == crashBefore) {
      throw new Crash();
    }
    if (failures > 0) {
      failures--;
      return CompletableFuture.failedFuture(new IllegalStateException("no broker"));
    }
    results.add(result);
    if (result.getOutcome() == crashAfter) {
      throw new Crash();
    }
    return silent ? new CompletableFuture<>() : CompletableFuture.completedFuture(null);
  }

  MemoryLog crashingBefore(HealOutcome outcome) {
    crashBefore = outcome;
    return this;
  }

  MemoryLog crashingAfter(HealOutcome outcome) {
    crashAfter = outcome;
    return this;
  }

  MemoryLog failing(int times) {
    failures = times;
    return this;
  }

  /** Something that happens while a result is being written. */
  MemoryLog onAppend(Runnable event) {
    onAppend = event;
    return this;
  }

  MemoryLog silent() {
    silent = true;
    return this;
  }

  MemoryLog repaired() {
    crashBefore = null;
    crashAfter = null;
    silent = false;
    return this;
  }

  synchronized List<HealResult> results() {
    return List.copyOf(results);
  }

  List<HealOutcome> outcomes() {
    return results().stream().map(HealResult::getOutcome).toList();
  }
}
