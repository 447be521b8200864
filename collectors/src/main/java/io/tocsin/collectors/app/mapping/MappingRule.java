package io.tocsin.collectors.app.mapping;

import io.tocsin.schemas.Layer;
import io.tocsin.schemas.Meaning;
import io.tocsin.schemas.MeasurementType;
import io.tocsin.schemas.ResourceKind;
import io.tocsin.schemas.Tier;
import java.util.Map;

/**
 * Says what the metrics of a name mean. The first rule whose name and labels match holds. In
 * patterns {@code *} stands for any text, {@code ?} for one character, {@code |} separates
 * alternatives. A null component takes its default.
 *
 * @param metric pattern of the name as the source calls it
 * @param labels patterns of labels, all of which must match; default: none
 * @param meaning what it means; default: KPI if {@code kpi} is set, otherwise OTHER
 * @param kpi the KPI's name, for KPI; default: the metric's name
 * @param layer default: BUSINESS for a KPI, otherwise APPLICATION
 * @param service name of the service it belongs to; default: the source's
 * @param serviceLabel label that names the service; where it is missing, the default holds
 * @param kind what it is measured on: SERVICE, the default, or ENDPOINT. Other resources have
 *     collectors that describe them in full
 * @param resourceLabel label that names the endpoint; needed for ENDPOINT
 * @param unit UCUM unit; default: what the source says
 * @param tier whether the service is CORE; default: the source's
 * @param type how to read the value, for sources that do not say; default: what the source says
 * @param errorsWhen for REQUESTS, and for {@code countRequests}: patterns of labels, one of which
 *     makes a request an error; then it is counted as ERRORS as well. Default: none
 * @param countRequests whether the number of values of a DISTRIBUTION is the number of requests
 *     too; default: false
 * @param drop whether it is left out; default: false
 */
public record MappingRule(
    String metric,
    Map<String, String> labels,
    Meaning meaning,
    String kpi,
    Layer layer,
    String service,
    String serviceLabel,
    ResourceKind kind,
    String resourceLabel,
    String unit,
    Tier tier,
    MeasurementType type,
    Map<String, String> errorsWhen,
    Boolean countRequests,
    Boolean drop) {

  /**
   * Fills defaults in.
   *
   * @throws IllegalArgumentException if a value is outside what is documented, or if two contradict
   *     each other
   */
  public MappingRule {
    if (metric == null || metric.isBlank()) {
      throw new IllegalArgumentException(
          "a mapping rule has no metric: give it the metric's name, or a pattern such as"
              + " 'http_*_total'");
    }
    labels = labels == null ? Map.of() : Map.copyOf(labels);
    errorsWhen = errorsWhen == null ? Map.of() : Map.copyOf(errorsWhen);
    countRequests = countRequests != null && countRequests;
    drop = drop != null && drop;
    meaning = meaning == null ? kpi == null ? Meaning.OTHER : Meaning.KPI : meaning;
    layer = layer == null ? meaning == Meaning.KPI ? Layer.BUSINESS : Layer.APPLICATION : layer;
    kind = kind == null ? ResourceKind.SERVICE : kind;
    require(
        metric,
        kpi == null || meaning == Meaning.KPI && !kpi.isBlank(),
        "kpi names a KPI: leave it out, or set meaning to kpi");
    require(
        metric,
        kind == ResourceKind.SERVICE || kind == ResourceKind.ENDPOINT,
        "kind must be service or endpoint; hosts, VMs and containers are described by their own"
            + " collectors");
    require(
        metric,
        kind == ResourceKind.ENDPOINT == (resourceLabel != null),
        "kind endpoint and resource-label go together: set both or none");
    require(
        metric,
        service == null || serviceLabel == null,
        "service and service-label exclude each other: leave one out");
    require(
        metric,
        errorsWhen.isEmpty() || meaning == Meaning.REQUESTS || countRequests,
        "errors-when needs meaning requests, or count-requests");
  }

  /** A rule that gives a metric a meaning and leaves everything else to the source. */
  static MappingRule of(String metric, Meaning meaning, Map<String, String> errorsWhen) {
    return of(metric, Map.of(), meaning, null, errorsWhen, false);
  }

  static MappingRule of(
      String metric,
      Map<String, String> labels,
      Meaning meaning,
      String unit,
      Map<String, String> errorsWhen,
      boolean countRequests) {
    return new MappingRule(
        metric,
        labels,
        meaning,
        null,
        null,
        null,
        null,
        null,
        null,
        unit,
        null,
        null,
        errorsWhen,
        countRequests,
        false);
  }

  private static void require(String metric, boolean holds, String what) {
    if (!holds) {
      throw new IllegalArgumentException("mapping rule for '" + metric + "': " + what);
    }
  }
}
