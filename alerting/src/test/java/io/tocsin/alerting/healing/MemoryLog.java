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
  private final List<AuditNote> notes = new ArrayList<>();
  private HealOutcome crashBefore;
  private HealOutcome crashAfter;
  private boolean silent;
  private boolean fenced;
  private int failures;
  private Runnable onAppend = () -> {};

  @Override
  public synchronized CompletableFuture<?> append(HealResult result, AuditNote note) {
    onAppend.run();
    HealOutcome outcome = result == null ? null : result.getOutcome();
    if (outcome != null && outcome == crashBefore) {
      throw new Crash();
    }
    if (fenced) {
      return CompletableFuture.failedFuture(new FencedException(null));
    }
    if (failures > 0) {
      failures--;
      return CompletableFuture.failedFuture(new IllegalStateException("no broker"));
    }
    if (result != null) {
      results.add(result);
    }
    if (note != null) {
      notes.add(note);
    }
    if (outcome != null && outcome == crashAfter) {
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

  /** Another responder has taken over. */
  MemoryLog fenced() {
    fenced = true;
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

  synchronized List<AuditNote> notes() {
    return List.copyOf(notes);
  }

  List<HealOutcome> outcomes() {
    return results().stream().map(HealResult::getOutcome).toList();
  }
}
