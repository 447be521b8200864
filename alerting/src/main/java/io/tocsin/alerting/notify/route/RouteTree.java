package io.tocsin.alerting.notify.route;

import io.tocsin.alerting.notify.config.NotificationConfig;
import io.tocsin.alerting.notify.config.RouteConfig;
import io.tocsin.schemas.Incident;
import io.tocsin.schemas.Notification;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Says who is told of a notification. Of the branches below one, the first that matches is taken,
 * and those after it as long as those taken say {@code continue}; where none matches, the channels
 * of the branch reached are told. What a branch does not say is as in the branch above. (The same
 * as Alertmanager's, so that a tree can be carried over.)
 */
public final class RouteTree {

  private final NotificationConfig config;

  private RouteTree(NotificationConfig config) {
    this.config = config;
  }

  /** The tree of a configuration; one with {@link #problems()} still answers as well as it can. */
  public static RouteTree of(NotificationConfig config) {
    return new RouteTree(config);
  }

  /** All that is wrong with channels and routes. */
  public List<RouteProblem> problems() {
    return new RouteChecks(config).all();
  }

  /**
   * The channels a notification goes to, each once, in the order in which the tree names them.
   * Empty if nobody is told.
   */
  public List<Target> route(Notification notification, Optional<Incident> incident) {
    Map<String, Target> targets = new LinkedHashMap<>();
    RouteConfig root = config.route();
    // The root takes everything: whoever matches nothing must still reach somebody.
    walk(
        new Branch(root, List.of(), Duration.ZERO, List.of("root")),
        notification,
        incident,
        targets);
    return List.copyOf(targets.values());
  }

  private void walk(
      Branch above,
      Notification notification,
      Optional<Incident> incident,
      Map<String, Target> targets) {
    Branch here = above;
    boolean taken = false;
    List<RouteConfig> below = here.route().routes();
    for (int i = 0; i < below.size(); i++) {
      if (RouteFields.matches(below.get(i).match(), notification, incident)) {
        taken = true;
        walk(here.down(below.get(i), i), notification, incident, targets);
        if (!below.get(i).onward()) {
          return;
        }
      }
    }
    if (!taken) {
      here.channels()
          .forEach(
              name ->
                  targets.merge(
                      name, new Target(name, here.groupWait(), here.path()), RouteTree::sooner));
    }
  }

  private static Target sooner(Target one, Target other) {
    return other.groupWait().compareTo(one.groupWait()) < 0 ? other : one;
  }

  /** A branch with what it takes over from above. */
  private record Branch(
      RouteConfig route, List<String> above, Duration waitAbove, List<String> path) {

    List<String> channels() {
      return route.channels().isEmpty() ? above : route.channels();
    }

    Duration groupWait() {
      return route.groupWait() == null ? waitAbove : route.groupWait();
    }

    Branch down(RouteConfig next, int index) {
      List<String> longer = new ArrayList<>(path);
      longer.add(words(next, index));
      return new Branch(next, channels(), groupWait(), longer);
    }
  }

  private static String words(RouteConfig route, int index) {
    String what =
        route.match().isEmpty()
            ? "everything"
            : new TreeMap<>(route.match())
                .entrySet().stream()
                    .map(wish -> wish.getKey() + ": " + wish.getValue())
                    .collect(Collectors.joining(" and "));
    return "routes[" + index + "] (" + what + (route.onward() ? "; continue" : "") + ")";
  }
}
