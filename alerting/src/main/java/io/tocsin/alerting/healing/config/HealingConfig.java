package io.tocsin.alerting.healing.config;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the operator lets the responder do.
 *
 * @param mode {@link Mode#OBSERVE} where null
 * @param actions the catalogue of actions that plans may name; empty where null
 */
public record HealingConfig(Mode mode, List<RestartAction> actions) {

  /**
   * Fills in the defaults.
   *
   * @throws IllegalArgumentException if two actions have one name
   */
  public HealingConfig {
    mode = mode == null ? Mode.OBSERVE : mode;
    actions = actions == null ? List.of() : List.copyOf(actions);
    Set<String> names = new HashSet<>();
    for (RestartAction action : actions) {
      if (!names.add(action.name())) {
        throw new IllegalArgumentException(
            "healing action '" + action.name() + "' is there twice; names must be unique");
      }
    }
  }

  /** The action of that name. */
  public Optional<RestartAction> action(String name) {
    return actions.stream().filter(action -> action.name().equals(name)).findFirst();
  }

  /** Ids of all resources that any action may act on. */
  public Set<String> targets() {
    return actions.stream()
        .flatMap(action -> action.targets().stream())
        .collect(Collectors.toUnmodifiableSet());
  }

  /** How far back any action looks at what was done before; zero without actions. */
  public Duration longestWindow() {
    return actions.stream()
        .flatMap(action -> Stream.of(action.attemptsWithin(), action.cooldown()))
        .max(Duration::compareTo)
        .orElse(Duration.ZERO);
  }
}
