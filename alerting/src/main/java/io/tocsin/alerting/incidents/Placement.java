package io.tocsin.alerting.incidents;

import io.tocsin.schemas.Alert;
import io.tocsin.schemas.Incident;
import io.tocsin.schemas.IncidentEventKind;
import io.tocsin.schemas.IncidentState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Puts alerts into incidents: one incident for each group of the {@link Partition}. An incident
 * stays with the group that its cause is in; where several meet in one group, the oldest is kept,
 * so that what people were paged for keeps its id, and the others are merged into it. A group
 * without an incident opens one, or reopens the one that its series was in a short while ago.
 */
final class Placement {

  private final Surroundings around;
  private final Settings settings;
  private final Neighbours neighbours;
  private final Services services;
  private final Openings openings;
  private final Progress progress;

  Placement(Surroundings around, Settings settings, Openings openings, Progress progress) {
    this.around = around;
    this.settings = settings;
    this.openings = openings;
    this.progress = progress;
    this.neighbours = new Neighbours(around);
    this.services = new Services(around.graph());
  }

  /** Finds a place for an alert that belongs to no open incident yet. */
  void place(Draft draft, Member fresh) {
    Casebook book = draft.book();
    Set<String> near = neighbours.of(fresh, book);
    List<Member> members = new ArrayList<>();
    near.forEach(id -> members.addAll(book.alertsOf(id)));
    members.add(fresh);
    arrange(draft, near, members, fresh.alert());
  }

  /** Parts the alerts of an incident anew, after one of them was taken back. */
  void placeAgain(Draft draft, Case known, Alert because) {
    List<Member> members = draft.book().alertsOf(known.id());
    if (!members.isEmpty()) {
      arrange(draft, Set.of(known.id()), members, because);
    }
  }

  private void arrange(
      Draft draft, Collection<String> incidentIds, List<Member> members, Alert because) {
    Casebook book = draft.book();
    List<Group> groups = Partition.of(around, Trouble.of(members.stream(), services));
    Map<String, Group> groupOf = new HashMap<>();
    for (Group group : groups) {
      group
          .joined()
          .forEach(
              joined ->
                  joined
                      .trouble()
                      .members()
                      .forEach(member -> groupOf.put(member.alert().getId(), group)));
    }
    Map<Group, List<Case>> heirs = new HashMap<>();
    for (String id : incidentIds) {
      Case known = book.get(id).orElseThrow();
      Group group = groupOf.get(known.causeId());
      if (group == null) {
        group = groupOf.get(book.inOrder(known).get(0).alert().getId());
      }
      heirs.computeIfAbsent(group, none -> new ArrayList<>()).add(known);
    }
    List<Settlement> settlements = new ArrayList<>();
    for (Group group : groups) {
      if (!heirs.containsKey(group) && isOver(group)) {
        // What has ended stays where it was.
        continue;
      }
      List<Case> known = heirs.getOrDefault(group, new ArrayList<>());
      known.sort(
          Comparator.comparing((Case one) -> one.incident().getOpenedAt()).thenComparing(Case::id));
      Case kept =
          known.isEmpty() ? openings.openOrReopen(draft, group, settings, because) : known.get(0);
      settlements.add(Settlement.move(book, group, known, kept));
    }
    // Only now, as an alert may have gone from one to another.
    Set<String> left = new TreeSet<>();
    settlements.forEach(settlement -> left.addAll(settlement.left()));
    for (Settlement settlement : settlements) {
      announce(draft, settlement, left.remove(settlement.kept().id()), because);
    }
    left.stream()
        .flatMap(id -> book.get(id).stream())
        .filter(Case::isOpen)
        .forEach(known -> leave(draft, known, because));
    settlements.forEach(
        settlement ->
            progress.resolveIfOver(
                draft, book.get(settlement.kept().id()).orElseThrow(), because.getAt()));
  }

  private static boolean isOver(Group group) {
    return group.joined().stream()
        .flatMap(joined -> joined.trouble().members().stream())
        .allMatch(Member::isCleared);
  }

  private void leave(Draft draft, Case known, Alert because) {
    Case after =
        draft.change(
            known,
            IncidentEventKind.UPDATED,
            because.getAt(),
            "a part of it has another cause: " + because.getSummary(),
            next -> next);
    progress.resolveIfOver(draft, after, because.getAt());
  }

  private void announce(Draft draft, Settlement settled, boolean lost, Alert because) {
    Case kept = settled.kept();
    Group group = settled.group();
    if (settled.heirs().isEmpty()) {
      openings.told(draft, kept, group);
      return;
    }
    Alert cause = group.cause().head().alert();
    if (!cause.getId().equals(kept.causeId())) {
      draft.change(
          kept.cause(cause.getId()),
          IncidentEventKind.CAUSE_CHANGED,
          because.getAt(),
          Member.resourceId(cause) + " explains it: " + cause.getSummary(),
          next -> Openings.describe(next, group, services.of(cause)));
    } else if (!settled.fresh().isEmpty()) {
      draft.change(
          kept,
          IncidentEventKind.ALERT_ADDED,
          because.getAt(),
          joined(draft.book(), settled.fresh()),
          next -> next.setSummary(Openings.summary(group)));
    } else if (settled.changed() || lost) {
      draft.change(
          kept,
          IncidentEventKind.UPDATED,
          because.getAt(),
          "seen anew with: " + because.getSummary(),
          next -> next.setSummary(Openings.summary(group)));
    }
    for (Case other : settled.heirs().subList(1, settled.heirs().size())) {
      merge(draft, other, draft.book().get(kept.id()).orElseThrow(), because);
    }
  }

  private static String joined(Casebook book, List<Member> fresh) {
    Member first = book.member(fresh.get(0).alert().getId()).orElseThrow();
    String words = first.resourceId() + " " + first.relation() + ": " + first.alert().getSummary();
    return fresh.size() == 1 ? words : words + ", and " + (fresh.size() - 1) + " more";
  }

  private void merge(Draft draft, Case other, Case kept, Alert because) {
    Instant at = because.getAt();
    Incident incident = kept.incident();
    Case over = other.over(draft.now().plus(settings.kept()), false);
    draft.change(
        over,
        IncidentEventKind.MERGED,
        at,
        "it is a part of " + kept.id() + ": " + incident.getSummary(),
        next ->
            next.setState(IncidentState.RESOLVED)
                .setResolvedAt(next.getUpdatedAt())
                .setMergedInto(kept.id()));
    if (incident.getAcknowledgement() == null && other.incident().getAcknowledgement() != null) {
      draft.change(
          kept,
          IncidentEventKind.ACKNOWLEDGED,
          at,
          "taken over from " + other.id(),
          other.incident().getAcknowledgement().getBy(),
          next -> taken(next, other.incident()));
    }
  }

  private static Incident.Builder taken(Incident.Builder next, Incident other) {
    next.setAcknowledgement(other.getAcknowledgement());
    return next.getState() == IncidentState.OPEN ? next.setState(IncidentState.ACKNOWLEDGED) : next;
  }
}
