package io.tocsin.server.incident;

import io.tocsin.schemas.Alert;
import java.time.Instant;
import java.util.List;

/** What a rule says of a series, as the API shows it; texts have to be shown as text. */
public record AlertView(
    String id,
    String rule,
    boolean shadow,
    String resource,
    String series,
    String service,
    String state,
    Instant since,
    Instant at,
    Double value,
    String summary,
    List<String> evidence) {

  static AlertView of(Alert alert) {
    return new AlertView(
        alert.getId(),
        alert.getRule(),
        alert.getShadow(),
        alert.getResourceId(),
        alert.getSeries(),
        alert.getService(),
        alert.getState().name(),
        alert.getSince(),
        alert.getAt(),
        alert.getValue(),
        alert.getSummary(),
        alert.getEvidence());
  }
}
