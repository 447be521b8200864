package io.tocsin.delivery;

import java.util.Optional;

/** Where versions are put: what carries out the operator's commands. */
public interface Ground {

  /**
   * Puts a version on a target, and returns when that is done or has failed.
   *
   * @param command the operator's
   * @param target its name in the plan
   * @return what went wrong, for people; empty if nothing did
   */
  Optional<String> put(RolloutPlan.Command command, String target, String version)
      throws InterruptedException;
}
