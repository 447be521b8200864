package io.tocsin.server.healing;

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
public record HealView(
    String mode,
    boolean separate,
    long epoch,
    Pause paused,
    List<Plan> inFlight,
    List<Plan> waiting,
    List<Plan> refused,
    List<Plan> ended) {

  /** Whether a plan waits for a person. */
  public boolean isWaiting(String planId) {
    return waiting.stream().anyMatch(plan -> plan.plan().equals(planId));
  }

  /** Who stopped it, when and why. */
  public record Pause(String by, Instant at, String reason) {

    static Pause of(Command command) {
      return new Pause(command.getBy(), command.getAt(), command.getText());
    }
  }

  /** The newest word on one plan. */
  public record Plan(
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

    /** The newest word, as its record has it. */
    public static Plan of(HealResult result) {
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

  /**
   * A step of a plan.
   *
   * @param tookMs how long it took, in milliseconds; null for one that takes no time
   */
  public record Step(String outcome, String reason, Instant at, Long tookMs) {

    static Step of(HealResult result) {
      return new Step(
          result.getOutcome().name(), result.getReason(), result.getAt(), result.getTookMs());
    }
  }

  /** A plan with all that became of it, oldest step first. */
  public record Detail(
      String plan,
      String incident,
      int attempt,
      String action,
      String target,
      String priority,
      String outcome,
      String reason,
      String compensation,
      Instant at,
      String rule,
      String service,
      String host,
      long epoch,
      List<Step> steps) {

    static Detail of(HealResult newest, List<Step> steps) {
      return new Detail(
          newest.getPlanId(),
          newest.getIncidentId(),
          newest.getAttempt(),
          newest.getAction(),
          newest.getTargetId(),
          newest.getPriority().name(),
          newest.getOutcome().name(),
          newest.getReason(),
          newest.getCompensation(),
          newest.getAt(),
          newest.getRule(),
          newest.getService(),
          newest.getHost(),
          newest.getEpoch(),
          steps);
    }
  }
}
