package io.tocsin.alerting.incidents;

import io.tocsin.schemas.Alert;
import io.tocsin.schemas.Incident;
import io.tocsin.schemas.IncidentEventKind;
import io.tocsin.schemas.Priority;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;

/**
 * Keeps the priorities of incidents right: that of the gravest of the alerts that have not cleared.
 * One that a person has set, stays.
 */
final class Priorities {

  private final Surroundings around;
  private final Services services;
  private final Clocks clocks;

  Priorities(Surroundings around, Clocks clocks) {
    this.around = around;
    this.services = new Services(around.graph());
    this.clocks = clocks;
  }

  /** What the alerts of an incident make it; null if all have cleared. */
  static Classification of(Casebook book, Case known, Classifier classifier) {
    Classification worst = null;
    for (Member member : book.inOrder(known)) {
      if (!member.isCleared()) {
        worst = Classification.worse(worst, classifier.of(member.alert()));
      }
      if (worst != null && worst.priority() == Priority.P0) {
        return worst;
      }
    }
    return worst;
  }

  /** Looks again at those that a change of an alert may have made better or worse. */
  void review(Draft draft, Alert changed) {
    Casebook book = draft.book();
    Classifier classifier = new Classifier(around, book);
    Set<String> ids = new TreeSet<>(draft.touched());
    if (Extent.speaksOfHealth(changed)) {
      affectedBy(changed, book, ids);
    }
    ids.stream()
        .flatMap(id -> book.get(id).stream())
        .filter(Case::isOpen)
        .forEach(known -> review(draft, known, changed.getAt(), classifier));
  }

  private void affectedBy(Alert changed, Casebook book, Set<String> ids) {
    Set<String> names = new TreeSet<>();
    String own = services.of(changed);
    if (own != null) {
      names.add(own);
    }
    around
        .guests(Member.resourceId(changed))
        .forEach(guest -> around.graph().service(guest).ifPresent(names::add));
    Set<String> resources = new TreeSet<>();
    for (String name : names) {
      book.alertsOfNode(name).forEach(member -> add(ids, book, member));
      around.graph().members(name).forEach(id -> resources.addAll(around.ancestors(id)));
    }
    resources.forEach(id -> book.alertsAt(id).forEach(member -> add(ids, book, member)));
  }

  private static void add(Set<String> ids, Casebook book, Member member) {
    Case open = book.openCaseOf(member);
    if (open != null) {
      ids.add(open.id());
    }
  }

  private void review(Draft draft, Case known, Instant at, Classifier classifier) {
    Incident incident = known.incident();
    Classification now =
        incident.getPrioritySetByHand() ? null : of(draft.book(), known, classifier);
    if (now == null) {
      return;
    }
    if (now.priority() != incident.getPriority()) {
      change(draft, known, at, now, "");
    } else if (!now.reason().equals(incident.getPriorityReason())) {
      draft.change(
          known,
          IncidentEventKind.UPDATED,
          at,
          "stays " + now.priority() + ": " + now.reason(),
          next -> next.setPriorityReason(now.reason()));
    }
  }

  /** Gives an incident another priority; what has elapsed of its deadlines is carried over. */
  Case change(Draft draft, Case known, Instant at, Classification to, String by) {
    Priority from = known.incident().getPriority();
    return draft.change(
        known,
        to.priority().compareTo(from) < 0
            ? IncidentEventKind.PRIORITY_RAISED
            : IncidentEventKind.PRIORITY_LOWERED,
        at,
        to.reason(),
        by,
        next ->
            next.setPriority(to.priority())
                .setPriorityReason(to.reason())
                .setDueAt(Promises.dueAt(to.priority(), next.getStartedAt()))
                .setServiceLevel(
                    clocks.carriedOver(next.getServiceLevel(), from, to.priority(), draft.now())));
  }
}
