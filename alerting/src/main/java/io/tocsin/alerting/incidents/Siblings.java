package io.tocsin.alerting.incidents;

import io.tocsin.schemas.Alert;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Troubles that nothing known explains, but that look as if one thing did. */
final class Siblings {

  private record Event(Instant since, Trouble trouble) {}

  private static final String ON = "on ";

  private final Surroundings around;
  private final Duration together;
  private final Map<String, List<Event>> timed = new TreeMap<>();
  private final Map<String, List<Event>> always = new TreeMap<>();
  private final Map<Trouble, Trouble> heads = new HashMap<>();
  private final Map<Trouble, TreeSet<String>> shared = new HashMap<>();

  Siblings(Surroundings around, Duration together) {
    this.around = around;
    this.together = together;
  }

  void add(Trouble trouble) {
    if (trouble.isSecurity()) {
      return;
    }
    if (trouble.isUnavailable()) {
      Event event = new Event(trouble.since(Alert::getUnavailable), trouble);
      around.grounds(trouble).forEach(ground -> put(timed, ON + ground, event));
      if (trouble.service() != null) {
        put(always, "of service " + trouble.service(), event);
      }
    }
    if (trouble.service() != null) {
      for (Member member : trouble.members()) {
        Alert alert = member.alert();
        put(
            timed,
            "of service "
                + trouble.service()
                + ", by rule "
                + alert.getRule()
                + (alert.getSeries().isEmpty() ? "" : " " + alert.getSeries()),
            new Event(alert.getSince(), trouble));
      }
    }
  }

  private static void put(Map<String, List<Event>> events, String place, Event event) {
    events.computeIfAbsent(place, none -> new ArrayList<>()).add(event);
  }

  void link() {
    timed.forEach((place, events) -> link(place, events, together));
    always.forEach((place, events) -> link(place, events, null));
  }

  private void link(String place, List<Event> events, Duration within) {
    events.sort(Comparator.comparing(Event::since).thenComparing(Event::trouble));
    for (int i = 1; i < events.size(); i++) {
      Event before = events.get(i - 1);
      Event event = events.get(i);
      if (within == null || !event.since().isAfter(before.since().plus(within))) {
        unite(before.trouble(), event.trouble());
        mark(before.trouble(), place);
        mark(event.trouble(), place);
      }
    }
  }

  private void mark(Trouble trouble, String place) {
    shared.computeIfAbsent(trouble, none -> new TreeSet<>()).add(place);
  }

  private void unite(Trouble a, Trouble b) {
    Trouble one = head(a);
    Trouble two = head(b);
    if (!one.equals(two)) {
      boolean oneLeads = one.compareTo(two) < 0;
      heads.put(oneLeads ? two : one, oneLeads ? one : two);
    }
  }

  /** The one among its siblings that is put forward: the first in order. */
  Trouble head(Trouble trouble) {
    Trouble up = heads.get(trouble);
    if (up == null) {
      return trouble;
    }
    Trouble head = head(up);
    heads.put(trouble, head);
    return head;
  }

  /** How a sibling hangs together with the one that is put forward. */
  String words(Trouble trouble, Trouble head) {
    String place = places(trouble).findFirst().orElse("");
    return "fell with " + head.resourceId() + (place.isEmpty() ? "" : ", " + place);
  }

  /** How many fell together, such as {@code 3 of 40 on host/a}; empty if it was only one. */
  String headline(Trouble head) {
    if (!head.isUnavailable()) {
      return "";
    }
    TreeMap<String, Integer> fallen = new TreeMap<>();
    shared.forEach(
        (trouble, places) -> {
          if (head(trouble).equals(head)) {
            places.forEach(place -> fallen.merge(place, 1, Integer::sum));
          }
        });
    // The place where most fell; of several, the one that holds least.
    return fallen.entrySet().stream()
        .min(
            Comparator.comparing((Map.Entry<String, Integer> place) -> -place.getValue())
                .thenComparing(place -> size(place.getKey(), head))
                .thenComparing(Map.Entry::getKey))
        .map(
            place ->
                place.getValue()
                    + " of "
                    + Math.max(size(place.getKey(), head), place.getValue())
                    + " "
                    + place.getKey())
        .orElse("");
  }

  private int size(String place, Trouble head) {
    if (place.startsWith(ON)) {
      return around.guests(place.substring(ON.length())).size();
    }
    // The service itself, where the inventory has it, is no part of itself.
    SortedSet<String> members = around.graph().members(head.service());
    return members.size() - (members.contains("service/" + head.service()) ? 1 : 0);
  }

  private Stream<String> places(Trouble trouble) {
    TreeSet<String> places = shared.get(trouble);
    return places == null ? Stream.empty() : places.stream();
  }
}
