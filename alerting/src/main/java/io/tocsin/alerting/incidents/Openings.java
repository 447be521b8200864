package io.tocsin.alerting.incidents;

import io.tocsin.schemas.Alert;
import io.tocsin.schemas.Incident;
import io.tocsin.schemas.IncidentEventKind;
import io.tocsin.schemas.IncidentState;
import io.tocsin.schemas.Priority;
import io.tocsin.schemas.ServiceLevel;
import java.time.Duration;
import java.time.Instant;

/** Opens incidents, and opens those again that came back. */
final class Openings {

  private final Surroundings around;
  private final Services services;
  private final Clocks clocks;
  private final Telling telling;

  Openings(Surroundings around, Clocks clocks, Telling telling) {
    this.around = around;
    this.services = new Services(around.graph());
    this.clocks = clocks;
    this.telling = telling;
  }

  /** The incident of a group that has none: not yet announced, unless it is one that came back. */
  Case openOrReopen(Draft draft, Group group, Settings settings, Alert because) {
    Casebook book = draft.book();
    Member cause = group.cause().head();
    Case over =
        group.joined().stream()
            .flatMap(joined -> joined.trouble().members().stream())
            .filter(member -> book.openCaseOf(member) == null)
            .flatMap(member -> book.resolvedWith(member, settings.reopenWithin()).stream())
            .findFirst()
            .or(() -> book.get(Ids.incident(cause.alert())).filter(known -> !known.isOpen()))
            .orElse(null);
    return over == null ? fresh(draft, cause, because) : reopen(draft, over, settings, because);
  }

  private Case fresh(Draft draft, Member member, Alert because) {
    Alert cause = member.alert();
    String id = Ids.incident(cause);
    boolean isFirst = member.incidentId() == null && draft.book().get(id).isEmpty();
    // What was a part of another incident opens one under another id than if it had come alone:
    // that one may have been used.
    String free = isFirst ? id : Ids.hash(id, because.getId(), because.getAt().toString());
    Incident incident =
        Incident.newBuilder()
            .setId(free)
            .setRule(cause.getRule())
            .setResourceId(Member.resourceId(cause))
            .setState(IncidentState.OPEN)
            .setPriority(Priority.P3)
            .setPriorityReason("")
            .setSummary(cause.getSummary())
            .setStartedAt(cause.getSince())
            .setOpenedAt(cause.getAt())
            .setUpdatedAt(cause.getAt())
            .setDueAt(cause.getSince())
            .setVersion(1)
            .build();
    return draft.book().put(Case.of(incident, cause.getId()));
  }

  private Case reopen(Draft draft, Case over, Settings settings, Alert because) {
    // What was over stays over; who joined before is in the timeline.
    draft.book().alertsOf(over.id()).stream()
        .filter(Member::isCleared)
        .forEach(draft.book()::remove);
    Instant at = because.getAt();
    boolean soon = over.flips() + 1 >= settings.flipsHeld();
    Instant stays = draft.now().plus(settings.pageAgainAfter());
    Case again = over.reopened(because.getId(), stays).pageAt(soon ? null : stays);
    return draft.book().put(again.with(reopened(again.incident(), at)));
  }

  private Incident reopened(Incident over, Instant at) {
    ServiceLevel level = over.getServiceLevel();
    Duration gap = Duration.between(over.getResolvedAt(), at);
    ServiceLevel running =
        clocks.shifted(
            clocks.unmet(level, Clocks.Which.MITIGATE, Clocks.Which.RESOLVE),
            gap.isNegative() ? Duration.ZERO : gap);
    return Incident.newBuilder(over)
        .setState(IncidentState.OPEN)
        .setResolvedAt(null)
        .setMergedInto(null)
        .setAcknowledgement(null)
        .setStale(false)
        .setReopened(over.getReopened() + 1)
        .setServiceLevel(running)
        .build();
  }

  /** Announces it, now that its alerts are in it. */
  void told(Draft draft, Case kept, Group group) {
    Alert cause = group.cause().head().alert();
    Casebook book = draft.book();
    Case known = book.get(kept.id()).orElseThrow().cause(cause.getId());
    if (known.incident().getReopened() > 0) {
      draft.opened().add(known.id());
      Case back =
          draft.change(
              known,
              IncidentEventKind.REOPENED,
              cause.getAt(),
              "it is back: " + cause.getSummary(),
              next -> describe(next, group, services.of(cause)));
      telling.flipped(draft, back, cause.getAt());
      return;
    }
    Incident.Builder first =
        describe(Incident.newBuilder(known.incident()), group, services.of(cause));
    Classification classification = Priorities.of(book, known, new Classifier(around, book));
    ServiceLevel level = clocks.start(classification.priority(), first.getStartedAt(), draft.now());
    Incident incident =
        first
            .setPriority(classification.priority())
            .setPriorityReason(classification.reason())
            .setDueAt(Promises.dueAt(classification.priority(), first.getStartedAt()))
            .setServiceLevel(level)
            .build();
    draft.open(known.with(incident), cause.getSummary());
  }

  /** What an incident takes from its cause. */
  static Incident.Builder describe(Incident.Builder incident, Group group, String service) {
    Alert cause = group.cause().head().alert();
    return incident
        .setRule(cause.getRule())
        .setResourceId(Member.resourceId(cause))
        .setService(service)
        .setTier(cause.getTier())
        .setLayer(cause.getLayer())
        .setSummary(summary(group))
        .setEvidence(cause.getEvidence())
        .setLabels(cause.getLabels())
        .setRunbook(cause.getRunbook());
  }

  static String summary(Group group) {
    String cause = group.cause().head().alert().getSummary();
    return group.headline().isEmpty() ? cause : group.headline() + ": " + cause;
  }
}
