package io.tocsin.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

/**
 * What a JSON schema cannot say: names that are used twice, or that name nothing, and times that
 * contradict.
 */
final class ConfigRules {

  private final ConfigTree tree;
  private final List<ConfigProblem> problems = new ArrayList<>();

  ConfigRules(ConfigTree tree) {
    this.tree = tree;
  }

  List<ConfigProblem> check(Config config) {
    unique("/checks/%d/id", config.checks().stream().map(Config.Check::id).toList());
    unique("/rules/%d/name", config.rules().stream().map(Config.Rule::name).toList());
    unique(
        "/healing/actions/%d/name",
        config.healing().actions().stream().map(Config.Action::name).toList());
    each(config.checks(), this::checkTimes);
    ports(config.ports());
    Set<String> endpoints =
        config.checks().stream().map(Config.Check::resourceId).collect(Collectors.toSet());
    each(config.healing().actions(), (index, action) -> targets(index, action, endpoints));
    return problems;
  }

  private void checkTimes(int index, Config.Check check) {
    String at = "/checks/" + index;
    if (check.interval().isZero()) {
      add(at + "/interval", "has to be more than nothing");
    }
    if (check.timeout().isZero()) {
      add(at + "/timeout", "has to be more than nothing");
    }
    long longestMs =
        check.timeout().toMillis() * (check.retries() + 1)
            + check.retryDelay().toMillis() * check.retries();
    if (longestMs > check.interval().toMillis()) {
      add(
          at + "/timeout",
          "all attempts and the delays between them take up to "
              + longestMs
              + " ms, which does not fit into the interval of "
              + check.interval().toMillis()
              + " ms");
    }
    if (check.http() != null && check.http().statusFrom() > check.http().statusTo()) {
      add(at + "/http/status-from", "is above status-to");
    }
  }

  private void targets(int index, Config.Action action, Set<String> endpoints) {
    each(
        action.targets(),
        (i, target) -> {
          if (!endpoints.contains(target)) {
            add(
                "/healing/actions/" + index + "/targets/" + i,
                target
                    + " has no check, so that healing it could not be verified; checked are "
                    + (endpoints.isEmpty() ? "none" : String.join(", ", endpoints)));
          }
        });
    if (action.argv().get(0).isEmpty()) {
      add("/healing/actions/" + index + "/argv/0", "names no program");
    }
  }

  private void ports(Config.Ports ports) {
    Map<String, Integer> all = ports.all();
    Map<Integer, String> taken = new HashMap<>();
    all.keySet().stream()
        .sorted()
        .forEach(
            name -> {
              String other = taken.putIfAbsent(all.get(name), name);
              if (other != null) {
                add("/ports/" + name, "is the same port as " + other + ": " + all.get(name));
              }
            });
  }

  private void unique(String pointer, List<String> names) {
    Set<String> seen = new HashSet<>();
    each(
        names,
        (index, name) -> {
          if (!seen.add(name)) {
            add(String.format(pointer, index), name + " is used twice");
          }
        });
  }

  private static <T> void each(List<T> items, BiConsumer<Integer, T> visit) {
    for (int i = 0; i < items.size(); i++) {
      visit.accept(i, items.get(i));
    }
  }

  private void add(String pointer, String message) {
    problems.add(tree.problem(pointer, message));
  }
}
