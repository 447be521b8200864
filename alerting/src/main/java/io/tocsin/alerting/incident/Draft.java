package io.tocsin.alerting.incident;

import io.tocsin.schemas.HealPlan;
import io.tocsin.schemas.Incident;
import io.tocsin.schemas.IncidentEvent;
import io.tocsin.schemas.IncidentEventKind;
import io.tocsin.schemas.IncidentState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** One step under way: the track as it becomes, and what has been decided so far. */
final class Draft {

  private final List<Decision> decisions = new ArrayList<>();
  private Track track;

  Draft(Track track) {
    this.track = track;
  }

  Track track() {
    return track;
  }

  void track(Track next) {
    track = next;
  }

  boolean hasDecisions() {
    return !decisions.isEmpty();
  }

  void hold(Reason reason) {
    decisions.add(new Decision.Hold(reason));
  }

  Step ignore(Reason reason) {
    decisions.add(new Decision.Ignore(reason));
    return step();
  }

  void act(HealPlan plan) {
    decisions.add(new Decision.Act(plan));
  }

  /** The first version of an incident. */
  void open(Incident incident, String cause) {
    record(incident, IncidentEventKind.OPENED, cause);
  }

  /** The next version of the open incident. Its event time never runs backwards. */
  void change(
      IncidentEventKind kind, Instant at, String cause, UnaryOperator<Incident.Builder> edit) {
    Incident before = track.incident();
    Instant when = at.isAfter(before.getUpdatedAt()) ? at : before.getUpdatedAt();
    Incident after =
        edit.apply(
                Incident.newBuilder(before).setUpdatedAt(when).setVersion(before.getVersion() + 1))
            .build();
    record(after, kind, cause);
  }

  void change(IncidentEventKind kind, Instant at, String cause, IncidentState state) {
    change(kind, at, cause, incident -> incident.setState(state));
  }

  private void record(Incident incident, IncidentEventKind kind, String cause) {
    track = track.with(incident);
    IncidentEvent event =
        IncidentEvent.newBuilder()
            .setIncidentId(incident.getId())
            .setVersion(incident.getVersion())
            .setKind(kind)
            .setAt(incident.getUpdatedAt())
            .setState(incident.getState())
            .setPriority(incident.getPriority())
            .setCause(cause)
            .build();
    decisions.add(new Decision.Change(incident, event));
  }

  Step step() {
    return new Step(track, decisions);
  }
}
