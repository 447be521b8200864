package io.tocsin.alerting.healing.guard;

import io.tocsin.alerting.healing.config.Action;

/** What is to become of a plan. */
public sealed interface Decision {

  /** Carry it out. */
  record Allow(Action action) implements Decision {}

  /** Never carry it out, and say so on the results topic. */
  record Refuse(String guard, String reason) implements Decision {}

  /** Ask again when more is known; nothing speaks against it but that too little is known. */
  record Wait(String guard, String reason) implements Decision {}

  /**
   * Do nothing and answer nothing: the plan has been answered before. A second answer, a refusal at
   * that, would contradict the first in the incident's timeline.
   */
  record Ignore(String guard, String reason) implements Decision {}
}
