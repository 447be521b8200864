package io.tocsin.server;

import io.tocsin.schemas.Command;
import io.tocsin.schemas.HealResult;
import java.time.Instant;
import java.util.List;

/**
 * How healing stands.
 *
 * @param mode what the configuration lets the responder do
 * @param separate whether it runs in a process of its own
 * @param epoch which one in the row of all responders wrote the newest result; 0 if none did
 * @param paused who has stopped it; null if nobody has
 * @param inFlight plans whose action, or its verification, is under way
 * @param waiting plans that wait for a person
 * @param refused the newest plans that a guard said no to, newest first
 * @param ended the newest plans that came to another end, newest first
 */
record HealView(
    String mode,
    boolean separate,
    long epoch,
    Pause paused,
    List<Plan> inFlight,
    List<Plan> waiting,
    List<Plan> refused,
    List<Plan> ended) {

  boolean isWaiting(String planId) {
    return waiting.stream().anyMatch(plan -> plan.plan().equals(planId));
  }

  /** Who stopped it, when and why. */
  record Pause(String by, Instant at, String reason) {

    static Pause of(Command command) {
      return new Pause(command.getBy(), command.getAt(), command.getText());
    }
  }

  /** The newest word on one plan. */
  record Plan(
      String plan,
      String incident,
      int attempt,
      String action,
      String target,
      String priority,
      String outcome,
      String reason,
      String compensation,
      Instant at) {

    static Plan of(HealResult result) {
      return new Plan(
          result.getPlanId(),
          result.getIncidentId(),
          result.getAttempt(),
          result.getAction(),
          result.getTargetId(),
          result.getPriority().name(),
          result.getOutcome().name(),
          result.getReason(),
          result.getCompensation(),
          result.getAt());
    }
  }
}
