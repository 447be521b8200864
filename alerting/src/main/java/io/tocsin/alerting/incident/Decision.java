package io.tocsin.alerting.incident;

import io.tocsin.schemas.HealPlan;
import io.tocsin.schemas.Incident;
import io.tocsin.schemas.IncidentEvent;

/** What follows from one input. */
public sealed interface Decision {

  /** The incident changed: opened, raised, mitigated, resolved; the event says which and why. */
  record Change(Incident incident, IncidentEvent event) implements Decision {}

  /** The responder is asked to act. */
  record Act(HealPlan plan) implements Decision {}

  /** The input was taken note of; something else has to happen first. */
  record Hold(Reason reason) implements Decision {}

  /** The input counts for nothing. */
  record Ignore(Reason reason) implements Decision {}
}
