package io.tocsin.server.healing;

import io.tocsin.alerting.healing.config.Action;
import io.tocsin.alerting.healing.config.Ladder;
import io.tocsin.alerting.healing.config.Verify;
import java.util.List;
import java.util.Map;

/**
 * Something the responder may do. What its executor is told beside the target's name stays in the
 * configuration, because there may be secrets in it. Times in seconds.
 *
 * @param does what, in a word or two
 * @param disruptive whether it takes something away while it runs
 * @param targets resource id to what the executor calls it
 * @param ladders the ladders that have it as a step, each with all its steps
 */
public record ActionView(
    String name,
    String does,
    boolean disruptive,
    Map<String, String> targets,
    double timeoutSeconds,
    double afterSeconds,
    double cooldownSeconds,
    int maxAttempts,
    double attemptsWithinSeconds,
    Proof verify,
    List<Climb> ladders) {

  /**
   * What proves that it helped.
   *
   * @param by {@code ANY}, {@code PROBES} or {@code ALERT}
   * @param of whose probes; null for those of the target
   * @param withinSeconds how long after the action that may take
   */
  public record Proof(
      String by, String of, int healthyProbes, double healthyForSeconds, double withinSeconds) {
    static Proof of(Verify verify) {
      return new Proof(
          verify.by().name(),
          verify.of(),
          verify.healthyProbes(),
          verify.healthyFor().toMillis() / 1e3,
          verify.within().toMillis() / 1e3);
    }
  }

  /**
   * A ladder.
   *
   * @param steps names of actions, first tried first
   */
  public record Climb(String name, List<String> steps) {}

  static ActionView of(Action action, List<Ladder> ladders) {
    return new ActionView(
        action.name(),
        action.does().title(),
        action.does().isDisruptive(),
        action.targets().objects(),
        action.timeout().toMillis() / 1e3,
        action.after().toMillis() / 1e3,
        action.cooldown().toMillis() / 1e3,
        action.maxAttempts(),
        action.attemptsWithin().toMillis() / 1e3,
        Proof.of(action.verify()),
        ladders.stream()
            .filter(ladder -> ladder.steps().contains(action.name()))
            .map(ladder -> new Climb(ladder.name(), ladder.steps()))
            .toList());
  }
}
