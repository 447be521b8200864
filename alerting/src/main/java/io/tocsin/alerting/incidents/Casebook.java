package io.tocsin.alerting.incidents;

import io.tocsin.alerting.graph.Graph;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Cases and alerts in memory, with their indexes; every change is written through to the shelf. */
final class Casebook {

  private final Shelf shelf;
  private final Services services;
  private final Timers timers;
  private final Map<String, Case> cases = new TreeMap<>();
  private final Map<String, Member> members = new HashMap<>();
  private final Map<String, TreeSet<String>> byIncident = new HashMap<>();
  private final Map<String, TreeSet<String>> byResource = new HashMap<>();
  private final Map<String, TreeSet<String>> byNode = new HashMap<>();
  private final Map<String, String> nodes = new HashMap<>();

  Casebook(Shelf shelf, Graph graph, Timers timers) {
    this.shelf = shelf;
    this.services = new Services(graph);
    this.timers = timers;
    shelf.members().values().forEach(this::index);
    shelf.cases().values().forEach(this::remember);
  }

  private void remember(Case known) {
    cases.put(known.id(), known);
    timers.set(known);
  }

  Optional<Case> get(String incidentId) {
    return Optional.ofNullable(cases.get(incidentId));
  }

  /** When which of them has to be looked at. */
  Timers timers() {
    return timers;
  }

  /** All cases, in the order of their ids. */
  Collection<Case> all() {
    return List.copyOf(cases.values());
  }

  Stream<Case> open() {
    return all().stream().filter(Case::isOpen);
  }

  Case put(Case newest) {
    remember(newest);
    shelf.cases().put(newest.id(), newest);
    return newest;
  }

  void forget(Case over) {
    alertsOf(over.id()).forEach(this::remove);
    cases.remove(over.id());
    timers.remove(over.id());
    shelf.cases().remove(over.id());
  }

  Optional<Member> member(String alertId) {
    return Optional.ofNullable(members.get(alertId));
  }

  Collection<Member> members() {
    return members.values();
  }

  void put(Member member) {
    unindex(member.alert().getId());
    index(member);
    shelf.members().put(member.alert().getId(), member);
  }

  void remove(Member member) {
    unindex(member.alert().getId());
    shelf.members().remove(member.alert().getId());
  }

  /** The alerts of an incident, in the order of their ids. */
  List<Member> alertsOf(String incidentId) {
    return ids(byIncident, incidentId);
  }

  /** The alerts of an incident as people want to see them: the cause first, then as they began. */
  List<Member> inOrder(Case incident) {
    List<Member> all = new ArrayList<>(alertsOf(incident.id()));
    all.sort(
        Comparator.comparing((Member member) -> !member.alert().getId().equals(incident.causeId()))
            .thenComparing(member -> member.alert().getSince())
            .thenComparing(member -> member.alert().getId()));
    return all;
  }

  /** All that is known to be wrong with a resource, also what belongs to no incident. */
  List<Member> alertsAt(String resourceId) {
    return ids(byResource, resourceId);
  }

  /** Ids of resources in trouble that belong to a service, or stand for themselves under a name. */
  Stream<Member> alertsOfNode(String node) {
    return ids(byNode, node).stream();
  }

  /** The open incident that an alert belongs to; null if to none. */
  Case openCaseOf(Member member) {
    Case found = member.incidentId() == null ? null : cases.get(member.incidentId());
    return found != null && found.isOpen() ? found : null;
  }

  /** The troubles of an incident. */
  List<Trouble> troubles(Collection<String> incidentIds) {
    return Trouble.of(incidentIds.stream().flatMap(id -> alertsOf(id).stream()), services);
  }

  /** The incident resolved latest that has had an alert of the same series, if it may reopen. */
  Optional<Case> resolvedWith(Member again, Duration window) {
    return alertsAt(again.resourceId()).stream()
        .filter(member -> sameSeries(member, again) && member.incidentId() != null)
        .map(member -> cases.get(member.incidentId()))
        .filter(over -> over != null && !over.isOpen() && over.incident().getMergedInto() == null)
        .filter(over -> !again.alert().getAt().isAfter(end(over).plus(window)))
        .max(Comparator.comparing(this::end).thenComparing(Case::id));
  }

  private static boolean sameSeries(Member a, Member b) {
    return a.alert().getRule().equals(b.alert().getRule())
        && a.alert().getResourceId().equals(b.alert().getResourceId())
        && a.alert().getSeries().equals(b.alert().getSeries());
  }

  /** What a person resolved while it fired ends with its last alert. */
  private Instant end(Case over) {
    Instant resolved = over.incident().getResolvedAt();
    return over.byHand()
        ? Stream.concat(
                Stream.of(resolved),
                alertsOf(over.id()).stream().map(member -> member.alert().getAt()))
            .max(Comparator.naturalOrder())
            .get()
        : resolved;
  }

  private void index(Member member) {
    String id = member.alert().getId();
    members.put(id, member);
    String service = services.of(member.alert());
    String node = service == null ? member.resourceId() : service;
    nodes.put(id, node);
    add(byResource, member.resourceId(), id);
    add(byNode, node, id);
    if (member.incidentId() != null) {
      add(byIncident, member.incidentId(), id);
    }
  }

  private void unindex(String id) {
    Member known = members.remove(id);
    if (known != null) {
      drop(byResource, known.resourceId(), id);
      drop(byNode, nodes.remove(id), id);
      drop(byIncident, known.incidentId(), id);
    }
  }

  private List<Member> ids(Map<String, TreeSet<String>> index, String key) {
    TreeSet<String> ids = index.get(key);
    return ids == null ? List.of() : ids.stream().map(members::get).toList();
  }

  private static void add(Map<String, TreeSet<String>> index, String key, String id) {
    index.computeIfAbsent(key, none -> new TreeSet<>()).add(id);
  }

  private static void drop(Map<String, TreeSet<String>> index, String key, String id) {
    index.computeIfPresent(key, (same, ids) -> ids.remove(id) && ids.isEmpty() ? null : ids);
  }
}
