package io.tocsin.alerting.notify.route;

import io.tocsin.alerting.glob.Glob;
import io.tocsin.alerting.notify.config.ChannelConfig;
import io.tocsin.alerting.notify.config.NotificationConfig;
import io.tocsin.alerting.notify.config.RouteConfig;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Finds what is wrong with channels and routes, all at once. */
final class RouteChecks {

  private final NotificationConfig config;
  private final Set<String> names;
  private final List<RouteProblem> problems = new ArrayList<>();

  RouteChecks(NotificationConfig config) {
    this.config = config;
    this.names = config.channels().stream().map(ChannelConfig::name).collect(Collectors.toSet());
  }

  List<RouteProblem> all() {
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < config.channels().size(); i++) {
      ChannelConfig channel = config.channels().get(i);
      if (!seen.add(channel.name())) {
        add("/channels/" + i + "/name", channel.name() + " is used twice");
      }
      fallback(channel, "/channels/" + i + "/fallback");
    }
    if (!config.route().match().isEmpty()) {
      add("/route/match", "the root takes everything; move the match into a branch below routes");
    }
    branch(config.route(), "/route");
    return List.copyOf(problems);
  }

  private void fallback(ChannelConfig channel, String pointer) {
    String next = channel.fallback();
    if (next == null) {
      return;
    }
    if (!names.contains(next)) {
      add(pointer, unknown(next));
      return;
    }
    List<String> way = new ArrayList<>(List.of(channel.name()));
    while (next != null && !way.contains(next)) {
      way.add(next);
      next = config.channel(next).map(ChannelConfig::fallback).orElse(null);
    }
    // Told once, at each channel of the circle; those that only lead into it are right.
    if (channel.name().equals(next)) {
      String circle = String.join(" -> ", way) + " -> " + next;
      add(
          pointer,
          way.size() == 1
              ? "is the channel itself; name another, or none"
              : "goes round in a circle: " + circle + "; the last one must have no fallback");
    }
  }

  private void branch(RouteConfig route, String pointer) {
    for (int i = 0; i < route.channels().size(); i++) {
      if (!names.contains(route.channels().get(i))) {
        add(pointer + "/channels/" + i, unknown(route.channels().get(i)));
      }
    }
    new TreeMap<>(route.match()).forEach((field, glob) -> match(field, glob, pointer + "/match/"));
    if (route.groupWait() != null && route.groupWait().isNegative()) {
      add(pointer + "/group-wait", "must not be less than 0");
    }
    List<RouteConfig> below = route.routes();
    for (int i = 0; i < below.size(); i++) {
      String here = pointer + "/routes/" + i;
      hiding(below, i)
          .ifPresent(
              by ->
                  add(
                      here,
                      "can never match: routes[%d] before it takes all that it would; put this one"
                              .formatted(by)
                          + " first, or write continue: true there"));
      branch(below.get(i), here);
    }
  }

  private void match(String field, String glob, String pointer) {
    String place = pointer + field.replace("~", "~0").replace("/", "~1");
    if (!RouteFields.isKnown(field)) {
      add(place, "is no field of a notification; there are " + RouteFields.names());
    } else if (RouteFields.alternatives(field, glob).isEmpty()) {
      add(place, "matches nothing; write * for everything");
    }
  }

  private static Optional<Integer> hiding(List<RouteConfig> branches, int index) {
    for (int i = 0; i < index; i++) {
      if (!branches.get(i).onward() && takesAll(branches.get(i), branches.get(index))) {
        return Optional.of(i);
      }
    }
    return Optional.empty();
  }

  /** Whether one matches whatever the other does, as far as their texts show. */
  private static boolean takesAll(RouteConfig one, RouteConfig other) {
    for (Map.Entry<String, String> wish : one.match().entrySet()) {
      List<String> mine = RouteFields.alternatives(wish.getKey(), wish.getValue());
      List<String> theirs =
          RouteFields.alternatives(wish.getKey(), other.match().getOrDefault(wish.getKey(), ""));
      boolean anything = mine.stream().anyMatch(Glob::isAnything);
      boolean covered =
          !theirs.isEmpty()
              && theirs.stream()
                  .allMatch(
                      text -> mine.contains(text) || Glob.isExact(text) && Glob.any(mine, text));
      if (!anything && !covered) {
        return false;
      }
    }
    return true;
  }

  private String unknown(String name) {
    return "there is no channel "
        + name
        + "; there "
        + (names.isEmpty()
            ? "are none"
            : "are " + names.stream().sorted().collect(Collectors.joining(", ")));
  }

  private void add(String pointer, String message) {
    problems.add(new RouteProblem(pointer, message));
  }
}
