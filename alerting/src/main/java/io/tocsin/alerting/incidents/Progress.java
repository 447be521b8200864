package io.tocsin.alerting.incidents;

import io.tocsin.alerting.incidents.Clocks.Which;
import io.tocsin.schemas.Incident;
import io.tocsin.schemas.IncidentEventKind;
import io.tocsin.schemas.IncidentState;
import java.time.Instant;

/** The states that an incident goes through, whoever brings it there. */
final class Progress {

  private final Settings settings;
  private final Clocks clocks;

  Progress(Settings settings, Clocks clocks) {
    this.settings = settings;
    this.clocks = clocks;
  }

  /** What an incident is while nobody heals it: open, or taken by somebody. */
  static IncidentState resting(Incident incident) {
    return incident.getAcknowledgement() == null ? IncidentState.OPEN : IncidentState.ACKNOWLEDGED;
  }

  /** Resolves an incident of which all alerts have cleared, unless a heal is under way. */
  Case resolveIfOver(Draft draft, Case known, Instant at) {
    boolean allCleared = draft.book().alertsOf(known.id()).stream().allMatch(Member::isCleared);
    if (!known.isOpen() || !allCleared) {
      return known;
    }
    if (known.heal() != null && known.heal().isInFlight()) {
      draft.hold(HeldReason.HEAL_IN_FLIGHT);
      return known;
    }
    return resolve(draft, known, IncidentEventKind.RESOLVED, at, "all its alerts have cleared", "");
  }

  Case resolve(
      Draft draft, Case known, IncidentEventKind kind, Instant at, String cause, String by) {
    return draft.change(
        known.over(draft.now().plus(settings.kept()), !by.isEmpty()),
        kind,
        at,
        cause,
        by,
        next ->
            next.setState(IncidentState.RESOLVED)
                .setResolvedAt(next.getUpdatedAt())
                .setStale(false)
                .setServiceLevel(
                    clocks.met(
                        clocks.running(next.getServiceLevel(), next.getUpdatedAt()),
                        next.getUpdatedAt(),
                        Which.values())));
  }

  /** Looks whether anybody still knows how an incident stands, after an alert of it spoke. */
  static Case reviewStale(Draft draft, Case known, Instant at) {
    boolean heard = false;
    boolean unheard = false;
    for (Member member : draft.book().alertsOf(known.id())) {
      switch (member.alert().getState()) {
        case FIRING, FLAPPING -> heard = true;
        case UNKNOWN -> unheard = true;
        case PENDING, CLEARED, UNSPECIFIED -> {}
      }
    }
    boolean stale = unheard && !heard;
    if (!known.isOpen() || stale == known.incident().getStale()) {
      return known;
    }
    return draft.change(
        known,
        stale ? IncidentEventKind.STALE : IncidentEventKind.FRESH,
        at,
        stale ? "its signals have stopped; that resolves nothing" : "its signals are back",
        next -> next.setStale(stale));
  }
}
