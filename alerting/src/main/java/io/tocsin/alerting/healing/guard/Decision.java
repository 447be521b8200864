package io.tocsin.alerting.healing.guard;

import io.tocsin.alerting.healing.config.Action;
import java.time.Instant;

/** What is to become of a plan. */
public sealed interface Decision {

  /** Carry it out. */
  record Allow(Action action) implements Decision {}

  /** Never carry it out, and say so on the results topic. */
  record Refuse(String guard, String reason) implements Decision {}

  /**
   * Ask again when more is known; nothing speaks against it but that too little is known, or that
   * there is no room.
   *
   * @param until how long to ask at most; null for half of the plan's time
   */
  record Wait(String guard, String reason, Instant until) implements Decision {}

  /** Ask again once its executor has had a look at the target. */
  record Look(Action action) implements Decision {}

  /** Nothing speaks against it; a person has to agree first. */
  record AwaitApproval(String guard, String reason) implements Decision {}

  /**
   * Do nothing and answer nothing: the plan has been answered before. A second answer, a refusal at
   * that, would contradict the first in the incident's timeline.
   */
  record Ignore(String guard, String reason) implements Decision {}
}
