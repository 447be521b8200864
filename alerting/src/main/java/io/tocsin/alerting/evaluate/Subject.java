package io.tocsin.alerting.evaluate;

import io.tocsin.alerting.rules.Rule;
import io.tocsin.alerting.signal.Fields;
import io.tocsin.alerting.signal.Observation;
import io.tocsin.alerting.signal.SignalKind;
import io.tocsin.schemas.Resource;
import io.tocsin.schemas.ResourceKind;
import io.tocsin.schemas.Tier;
import java.time.Instant;
import java.util.Map;

/**
 * What an alert speaks of.
 *
 * @param rule name of the rule
 * @param signal what the rule listens to
 * @param resourceId the resource
 * @param kind kind of that resource
 * @param series which of several independent things of that resource; empty if there is one
 * @param service service the resource belongs to; null if none
 * @param tier how much the system depends on it
 * @param labels of the series; text, never interpreted
 * @param faultyEnd the resource at the faulty end, where two are compared; null elsewhere
 */
public record Subject(
    String rule,
    SignalKind signal,
    String resourceId,
    ResourceKind kind,
    String series,
    String service,
    Tier tier,
    Map<String, String> labels,
    String faultyEnd) {

  static Subject of(Rule rule, Observation seen) {
    return new Subject(
        rule.name(),
        seen.kind(),
        seen.resourceId(),
        seen.resourceKind(),
        seen.series(),
        seen.service(),
        seen.tier(),
        seen.labels(),
        null);
  }

  /** The observation that a resource is silent, before it has figures. */
  static Observation silence(Resource resource, Instant at, Instant since) {
    return Observation.of(
        SignalKind.ABSENCE,
        resource.getId(),
        resource.getKind(),
        "",
        resource.getService(),
        resource.getTier(),
        resource.getLabels(),
        at,
        since,
        0,
        Fields.NONE);
  }

  /** The same as an observation without figures, to ask which rules would judge it. */
  Observation asObservation(Instant at) {
    return Observation.of(
        signal, resourceId, kind, series, service, tier, labels, at, at, 0, Fields.NONE);
  }

  /** Figures that also answer to the names that every observation has. */
  Fields with(Fields own) {
    return Observation.of(
            signal,
            resourceId,
            kind,
            series,
            service,
            tier,
            labels,
            Instant.EPOCH,
            Instant.EPOCH,
            0,
            own)
        .fields();
  }
}
