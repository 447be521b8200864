package io.tocsin.alerting.healing.execute.kubernetes;

import java.util.function.Predicate;

/** Waits for a workload's controller. Asks again and again: to watch would need one verb more. */
final class Rollout {

  private static final long LOOK_EVERY_MS = 250;

  private Rollout() {}

  /**
   * Waits until it is as it should be; the caller's time limit ends the wait.
   *
   * @throws LeftAloneException if the controller has given up
   */
  static Workload await(Cluster cluster, KubeObject target, Predicate<Workload> holds)
      throws LeftAloneException, InterruptedException {
    while (true) {
      Workload now = cluster.workload(target);
      if (holds.test(now)) {
        return now;
      }
      if (now.isSeen() && !now.failed().isEmpty()) {
        throw new LeftAloneException(now.words());
      }
      Thread.sleep(LOOK_EVERY_MS);
    }
  }
}
