package io.tocsin.alerting.healing.execute.exec;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A process and what it has started. */
final class ProcessTree {

  private static final Duration GRACE = Duration.ofMillis(500);

  private ProcessTree() {}

  /**
   * Ends a process and its descendants: asks first, then kills. A descendant that has cut itself
   * loose before (its parent is gone) is out of reach.
   */
  static void end(Process process) throws InterruptedException {
    // Taken down now: when a parent dies, its children are nobody's descendants any more.
    List<ProcessHandle> descendants = process.descendants().toList();
    process.destroy();
    descendants.forEach(ProcessHandle::destroy);
    process.waitFor(GRACE.toMillis(), TimeUnit.MILLISECONDS);
    Stream.concat(process.descendants(), descendants.stream())
        .forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly().waitFor(GRACE.toMillis(), TimeUnit.MILLISECONDS);
  }
}
