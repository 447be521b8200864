package io.tocsin.alerting.notify;

import io.tocsin.schemas.Incident;
import io.tocsin.schemas.IncidentState;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The newest version of every incident that is open, and of the last {@value #ENDED_KEPT} that are
 * not. Thread-safe.
 */
final class KnownIncidents {

  static final int ENDED_KEPT = 1_000;

  private final Map<String, Incident> open = new HashMap<>();
  private final Map<String, Incident> ended =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Incident> eldest) {
          return size() > ENDED_KEPT;
        }
      };

  /** Takes a version, unless a newer one is known. */
  synchronized void put(Incident incident) {
    String id = incident.getId();
    if (version(id) >= incident.getVersion()) {
      return;
    }
    open.remove(id);
    ended.remove(id);
    (incident.getState() == IncidentState.RESOLVED ? ended : open).put(id, incident);
  }

  synchronized Optional<Incident> of(String id) {
    Incident incident = open.get(id);
    return Optional.ofNullable(incident == null ? ended.get(id) : incident);
  }

  /** Whether a version, or a newer one, is known. */
  synchronized boolean has(String id, int version) {
    return version(id) >= version;
  }

  /** Whether an incident is known to be open. */
  synchronized boolean isOpen(String id) {
    return open.containsKey(id);
  }

  /** Whether an incident is known to be over; one that is not known may be open. */
  synchronized boolean isOver(String id) {
    return ended.containsKey(id);
  }

  private int version(String id) {
    return of(id).map(Incident::getVersion).orElse(0);
  }
}
