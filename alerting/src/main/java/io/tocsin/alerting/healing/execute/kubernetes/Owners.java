package io.tocsin.alerting.healing.execute.kubernetes;

import java.util.Optional;

/** Who else is at work on a workload. */
final class Owners {

  private Owners() {}

  static Optional<String> of(Workload now) {
    if (now.meta().getDeletionTimestamp() != null) {
      return Optional.of("it is being deleted");
    }
    return now.stopped().isEmpty()
        ? Optional.empty()
        : Optional.of(now.stopped() + ": somebody else decides when its pods are replaced");
  }

  /** What goes away is left alone, whatever the configuration says of owners. */
  static void refuseIfGoing(Workload now) throws LeftAloneException {
    if (now.meta().getDeletionTimestamp() != null) {
      throw new LeftAloneException("it is being deleted");
    }
  }
}
