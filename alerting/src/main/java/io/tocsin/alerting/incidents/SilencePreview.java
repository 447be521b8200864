package io.tocsin.alerting.incidents;

import io.tocsin.schemas.Alert;
import io.tocsin.schemas.Incident;
import io.tocsin.schemas.IncidentState;
import io.tocsin.schemas.Silence;
import java.util.Collection;
import java.util.List;

/**
 * What a silence would hide if it held now.
 *
 * @param problems what is wrong with it, in words; empty if it would be taken
 * @param incidents open ones that it matches
 * @param alerts of the latest ones, those that it matches
 * @param alertsSeen how many of the latest ones were looked at
 */
public record SilencePreview(
    List<String> problems, List<Incident> incidents, List<Alert> alerts, int alertsSeen) {

  /** Looks at incidents and at alerts, the latest that are at hand. */
  public static SilencePreview of(
      Silence silence, Collection<Incident> incidents, Collection<Alert> latest) {
    return new SilencePreview(
        SilenceCheck.problems(silence, silence.getStartsAt()),
        incidents.stream()
            .filter(incident -> incident.getState() != IncidentState.RESOLVED)
            .filter(incident -> Subject.of(incident).matches(silence))
            .toList(),
        latest.stream().filter(alert -> Subject.of(alert).matches(silence)).toList(),
        latest.size());
  }
}
