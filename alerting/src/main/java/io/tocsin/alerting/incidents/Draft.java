package io.tocsin.alerting.incidents;

import io.tocsin.schemas.HealPlan;
import io.tocsin.schemas.Incident;
import io.tocsin.schemas.IncidentAlert;
import io.tocsin.schemas.IncidentEvent;
import io.tocsin.schemas.IncidentEventKind;
import io.tocsin.schemas.Notification;
import io.tocsin.schemas.Silence;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/** One input under way: what has been decided so far. Changes go to the book at once. */
final class Draft {

  private static final int SHOWN = 200;

  private final List<Incident> incidents = new ArrayList<>();
  private final List<IncidentEvent> events = new ArrayList<>();
  private final List<Notification> notifications = new ArrayList<>();
  private final List<HealPlan> plans = new ArrayList<>();
  private final List<Silence> silences = new ArrayList<>();
  private final List<HeldReason> held = new ArrayList<>();
  private final List<Refusal> refusals = new ArrayList<>();
  private final Set<String> touched = new TreeSet<>();
  private final Set<String> opened = new LinkedHashSet<>();
  private final Set<String> raised = new TreeSet<>();
  private final Set<String> heldBack = new TreeSet<>();
  private final Casebook book;
  private final Instant now;

  Draft(Casebook book, Instant now) {
    this.book = book;
    this.now = now;
  }

  Instant now() {
    return now;
  }

  Casebook book() {
    return book;
  }

  /** Ids of the incidents that this input changed, in order. */
  List<String> touched() {
    return List.copyOf(touched);
  }

  /** Marks an incident as to be looked at again before the input is done with. */
  void touch(String incidentId) {
    touched.add(incidentId);
  }

  /** Ids of those that were opened or opened again. */
  Set<String> opened() {
    return opened;
  }

  /** Whether this input made an incident more urgent. */
  boolean hasRaised(String incidentId) {
    return raised.contains(incidentId);
  }

  /** The first version of an incident. */
  Case open(Case fresh, String cause) {
    opened.add(fresh.id());
    return record(fresh, IncidentEventKind.OPENED, cause, "");
  }

  /** The next version of an incident. Its event time never runs backwards. */
  Case change(
      Case before,
      IncidentEventKind kind,
      Instant at,
      String cause,
      String by,
      UnaryOperator<Incident.Builder> edit) {
    Incident old = before.incident();
    Instant when = at.isAfter(old.getUpdatedAt()) ? at : old.getUpdatedAt();
    Incident.Builder next =
        Incident.newBuilder(old).setUpdatedAt(when).setVersion(old.getVersion() + 1);
    return record(before.with(edit.apply(next).build()), kind, cause, by);
  }

  Case change(
      Case before,
      IncidentEventKind kind,
      Instant at,
      String cause,
      UnaryOperator<Incident.Builder> edit) {
    return change(before, kind, at, cause, "", edit);
  }

  private Case record(Case changed, IncidentEventKind kind, String cause, String by) {
    Case shown = changed.with(withAlerts(changed));
    Incident incident = shown.incident();
    touched.add(incident.getId());
    if (kind == IncidentEventKind.PRIORITY_RAISED) {
      raised.add(incident.getId());
    }
    incidents.add(incident);
    events.add(
        IncidentEvent.newBuilder()
            .setIncidentId(incident.getId())
            .setVersion(incident.getVersion())
            .setKind(kind)
            .setAt(incident.getUpdatedAt())
            .setState(incident.getState())
            .setPriority(incident.getPriority())
            .setCause(cause)
            .setBy(by)
            .build());
    return book.put(shown);
  }

  private Incident withAlerts(Case changed) {
    List<Member> members = book.inOrder(changed);
    LinkedHashSet<String> affected = new LinkedHashSet<>();
    members.forEach(member -> affected.add(member.alert().getResourceId()));
    return Incident.newBuilder(changed.incident())
        .setAlerts(members.stream().limit(SHOWN).map(Draft::shown).toList())
        .setMoreAlerts(Math.max(0, members.size() - SHOWN))
        .setAffected(affected.stream().limit(SHOWN).toList())
        .build();
  }

  private static IncidentAlert shown(Member member) {
    return IncidentAlert.newBuilder()
        .setAlertId(member.alert().getId())
        .setRule(member.alert().getRule())
        .setResourceId(member.alert().getResourceId())
        .setSeries(member.alert().getSeries())
        .setState(member.alert().getState().name())
        .setSince(member.alert().getSince())
        .setAt(member.alert().getAt())
        .setSummary(member.alert().getSummary())
        .setRelation(member.relation())
        .build();
  }

  /** Once is enough for what is held back, however often its incident is looked at. */
  void tell(Notification notification) {
    if (notification.getHeldBackBy() == null
        || heldBack.add(notification.getIncidentId() + " " + notification.getKind())) {
      notifications.add(notification);
    }
  }

  void act(HealPlan plan) {
    plans.add(plan);
  }

  void silence(Silence silence) {
    silences.add(silence);
  }

  void hold(HeldReason reason) {
    held.add(reason);
  }

  void refuse(Refusal refusal) {
    refusals.add(refusal);
  }

  Decisions decisions() {
    return new Decisions(incidents, events, notifications, plans, silences, held, refusals);
  }
}
