package io.tocsin.collectors.health;

import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;

/** Kills a process and its descendants. */
final class ProcessTree {

  /** Rounds after which a tree that still grows is left alone. */
  private static final int ROUNDS = 5;

  private ProcessTree() {}

  /**
   * Kills at once. Those whose parent has ended before cannot be told from anybody's and stay.
   * Children that are made meanwhile are looked for again, below those that were killed.
   */
  static void kill(Process process) {
    if (!process.isAlive()) {
      return;
    }
    Set<ProcessHandle> known = new HashSet<>();
    known.add(process.toHandle());
    for (int round = 0; round < ROUNDS; round++) {
      Set<ProcessHandle> found = new HashSet<>();
      for (ProcessHandle handle : known) {
        try (Stream<ProcessHandle> below = handle.descendants()) {
          below.forEach(found::add);
        }
      }
      boolean grew = known.addAll(found);
      known.forEach(ProcessHandle::destroyForcibly);
      if (!grew && round > 0) {
        return;
      }
    }
  }
}
