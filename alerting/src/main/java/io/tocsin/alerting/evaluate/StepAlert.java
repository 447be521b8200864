package io.tocsin.alerting.evaluate;

import io.tocsin.schemas.Alert;
import io.tocsin.schemas.ResourceKind;
import io.tocsin.schemas.Tier;
import java.time.Instant;

/**
 * What a sequence has to know of an alert that fires, or has fired lately.
 *
 * @param alertId id of its episode
 * @param rule the rule that it is of
 * @param resourceId the resource
 * @param kind kind of that resource
 * @param series which of several independent things of that resource
 * @param service service the resource belongs to; null if none
 * @param tier how much the system depends on it
 * @param since event time at which it began to be bad
 * @param isOver whether it has cleared
 */
public record StepAlert(
    String alertId,
    String rule,
    String resourceId,
    ResourceKind kind,
    String series,
    String service,
    Tier tier,
    Instant since,
    boolean isOver) {

  static StepAlert of(Alert alert) {
    return new StepAlert(
        alert.getId(),
        alert.getRule(),
        alert.getResourceId(),
        alert.getKind(),
        alert.getSeries(),
        alert.getService(),
        alert.getTier(),
        alert.getSince(),
        false);
  }

  StepAlert over() {
    return new StepAlert(alertId, rule, resourceId, kind, series, service, tier, since, true);
  }
}
