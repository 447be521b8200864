package io.tocsin.alerting.incidents;

import io.tocsin.schemas.HealPlan;
import io.tocsin.schemas.Incident;
import io.tocsin.schemas.IncidentEvent;
import io.tocsin.schemas.Notification;
import io.tocsin.schemas.Silence;
import java.util.List;

/**
 * What follows from one input, each list in the order in which it was decided.
 *
 * @param incidents new versions
 * @param events one for each of them
 * @param notifications what people have to be told, and what was held back
 * @param plans what the responder is asked to do
 * @param silences those that were made or taken back
 * @param held inputs that changed nothing, and why
 * @param refusals commands that were not carried out, and why
 */
public record Decisions(
    List<Incident> incidents,
    List<IncidentEvent> events,
    List<Notification> notifications,
    List<HealPlan> plans,
    List<Silence> silences,
    List<HeldReason> held,
    List<Refusal> refusals) {

  /** Copies what it is given. */
  public Decisions {
    incidents = List.copyOf(incidents);
    events = List.copyOf(events);
    notifications = List.copyOf(notifications);
    plans = List.copyOf(plans);
    silences = List.copyOf(silences);
    held = List.copyOf(held);
    refusals = List.copyOf(refusals);
  }
}
