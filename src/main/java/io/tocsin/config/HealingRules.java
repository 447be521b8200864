package io.tocsin.config;

import io.tocsin.alerting.healing.config.Action;
import io.tocsin.alerting.healing.config.HealingConfig;
import io.tocsin.alerting.healing.config.Ladder;
import io.tocsin.alerting.healing.config.Mode;
import io.tocsin.alerting.healing.config.Verify;
import io.tocsin.alerting.notify.config.RouteConfig;
import io.tocsin.alerting.rules.LoadedRule;
import io.tocsin.schemas.Priority;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What a JSON schema cannot say of the block {@code healing}. */
final class HealingRules {

  private final ConfigTree tree;
  private final List<ConfigProblem> problems;

  HealingRules(ConfigTree tree, List<ConfigProblem> problems) {
    this.tree = tree;
    this.problems = problems;
  }

  /**
   * Checks the block.
   *
   * @param endpoints ids of all endpoints that are checked
   */
  void check(Config config, Set<String> endpoints) {
    HealingConfig healing = config.healing();
    for (int i = 0; i < healing.actions().size(); i++) {
      Action action = healing.actions().get(i);
      targets("/healing/actions/" + i + "/targets", action, endpoints);
      delay("/healing/actions/" + i + "/after", action, config);
    }
    ladders(healing);
  }

  private void targets(String pointer, Action action, Set<String> endpoints) {
    boolean byProbes = action.verify().by() != Verify.Signal.ALERT;
    int i = 0;
    for (String target : action.targets().ids()) {
      String proof = action.verify().subject(target);
      if (byProbes && proof.startsWith("endpoint/") && !endpoints.contains(proof)) {
        boolean isList = tree.root().at(pointer).isArray();
        add(
            pointer + "/" + (isList ? Integer.toString(i) : ConfigTree.step(target)),
            proof
                + " has no check, so that healing it could not be verified; checked are "
                + (endpoints.isEmpty() ? "none" : String.join(", ", endpoints)));
      }
      i++;
    }
  }

  /**
   * Nobody may find something repaired before they could have heard that it was broken: Cruise
   * Control asks the same of its alert and fix thresholds. P2 and P3 are another matter where
   * healing goes first on purpose.
   */
  private void delay(String pointer, Action action, Config config) {
    boolean byItself =
        config.healing().mode() == Mode.AUTO
            || config.healing().modes().stream()
                .anyMatch(
                    rule ->
                        rule.mode() == Mode.AUTO
                            && (rule.priorities().isEmpty()
                                || rule.priorities().contains(Priority.P0)
                                || rule.priorities().contains(Priority.P1)));
    Duration told = longestWait(config.notifications().route());
    if (byItself && action.after().compareTo(told) < 0) {
      add(
          pointer,
          "is "
              + action.after().toSeconds()
              + " s, but a route waits "
              + told.toSeconds()
              + " s before it tells anybody, so that it would be acted on first; let the action wait"
              + " as long, or the route less (group-wait)");
    }
  }

  private static Duration longestWait(RouteConfig route) {
    return Stream.concat(
            Stream.ofNullable(route.groupWait()),
            route.routes().stream().map(HealingRules::longestWait))
        .max(Duration::compareTo)
        .orElse(Duration.ZERO);
  }

  private void ladders(HealingConfig healing) {
    Set<String> names = new HashSet<>();
    for (int i = 0; i < healing.ladders().size(); i++) {
      Ladder ladder = healing.ladders().get(i);
      String pointer = "/healing/ladders/" + i;
      if (!names.add(ladder.name())) {
        add(pointer + "/name", ladder.name() + " is used twice");
      } else if (healing.action(ladder.name()).isPresent()) {
        add(pointer + "/name", ladder.name() + " is an action; a rule could not tell them apart");
      }
      for (int step = 0; step < ladder.steps().size(); step++) {
        if (healing.action(ladder.steps().get(step)).isEmpty()) {
          add(
              pointer + "/steps/" + step,
              "there is no action " + ladder.steps().get(step) + "; there are " + known(healing));
        }
      }
    }
  }

  /** What rules ask for that is neither an action nor a ladder. */
  static List<ConfigProblem> ofRules(HealingConfig healing, List<LoadedRule> rules) {
    Set<String> ladders = new HashSet<>();
    healing.ladders().forEach(ladder -> ladders.add(ladder.name()));
    return rules.stream()
        .flatMap(
            loaded ->
                loaded.rule().heal().stream()
                    .filter(name -> healing.action(name).isEmpty() && !ladders.contains(name))
                    .map(
                        name ->
                            new ConfigProblem(
                                loaded.file(),
                                loaded.line(),
                                1,
                                "rules." + loaded.rule().name() + ".heal",
                                "there is no action or ladder "
                                    + name
                                    + "; there are "
                                    + known(healing))))
        .toList();
  }

  private static String known(HealingConfig healing) {
    List<String> names =
        Stream.concat(
                healing.actions().stream().map(Action::name),
                healing.ladders().stream().map(Ladder::name))
            .toList();
    return names.isEmpty() ? "none" : String.join(", ", names);
  }

  private void add(String pointer, String message) {
    problems.add(tree.problem(pointer, message));
  }
}
