package io.tocsin.server.incident;

import io.tocsin.alerting.incidents.SilencePreview;
import java.util.List;

/**
 * What a silence would hide if it held now.
 *
 * @param problems why it would be refused; empty if it would be taken
 * @param incidents open ones that it matches, each in a line
 * @param openIncidents how many are open
 * @param alerts how many of the newest alerts it matches
 * @param alertsSeen how many of those were looked at
 */
public record PreviewView(
    List<String> problems, List<String> incidents, int openIncidents, int alerts, int alertsSeen) {

  static PreviewView of(SilencePreview preview, int open) {
    return new PreviewView(
        preview.problems(),
        preview.incidents().stream()
            .map(
                incident ->
                    incident.getPriority()
                        + " "
                        + incident.getId()
                        + " "
                        + incident.getResourceId()
                        + ": "
                        + incident.getSummary())
            .toList(),
        open,
        preview.alerts().size(),
        preview.alertsSeen());
  }
}
