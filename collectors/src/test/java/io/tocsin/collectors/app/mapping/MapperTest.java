package io.tocsin.collectors.app.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.tocsin.collectors.app.figure.Complaints;
import io.tocsin.collectors.app.figure.Figure;
import io.tocsin.schemas.Distribution;
import io.tocsin.schemas.Examples;
import io.tocsin.schemas.Layer;
import io.tocsin.schemas.Meaning;
import io.tocsin.schemas.Measurement;
import io.tocsin.schemas.MeasurementType;
import io.tocsin.schemas.Resource;
import io.tocsin.schemas.ResourceKind;
import io.tocsin.schemas.Tier;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MapperTest {

  private final Clock clock = Clock.fixed(Examples.NOON, ZoneOffset.UTC);
  private final Inventory inventory = new Inventory(Duration.ZERO, clock);
  private final Complaints complaints = new Complaints("test");
  private final List<Measurement.Builder> found = new ArrayList<>();

  @Test
  void theFirstRuleThatMatchesNameAndLabelsHolds() {
    List<MappingRule> rules =
        List.of(
            MappingRule.of("orders_*", Map.of("env", "test"), Meaning.OTHER, null, Map.of(), false),
            MappingRule.of("orders_placed|orders_paid", Meaning.KPI, Map.of()),
            MappingRule.of("*", Meaning.REQUEST_RATE, Map.of()));

    map(rules, gauge("orders_placed", Map.of("env", "test")));
    map(rules, gauge("orders_placed", Map.of()));
    map(rules, gauge("orders_lost", Map.of("env", "live")));

    assertThat(found)
        .extracting(Measurement.Builder::getMeaning, Measurement.Builder::getLayer)
        .containsExactly(
            tuple(Meaning.OTHER, Layer.APPLICATION),
            tuple(Meaning.KPI, Layer.BUSINESS),
            tuple(Meaning.REQUEST_RATE, Layer.APPLICATION));
  }

  @Test
  void whatNoRuleKnowsIsKeptOnlyWhereThatIsWanted() {
    mapper(List.of(), false).map(gauge("a", Map.of()), Examples.NOON, found::add);
    assertThat(found).isEmpty();

    mapper(List.of(), true).map(gauge("a", Map.of()), Examples.NOON, found::add);
    assertThat(found).extracting(Measurement.Builder::getMeaning).containsExactly(Meaning.OTHER);
  }

  @Test
  void theServiceComesFromRuleLabelFigureOrSource() {
    MappingRule fixed = rule("fixed", "Fixed", null);
    MappingRule byLabel = rule("label", null, "app");

    map(List.of(fixed), gauge("fixed", Map.of("app", "x")));
    map(List.of(byLabel), gauge("label", Map.of("app", "Shop Front")));
    map(List.of(byLabel), gauge("label", Map.of()).from("own"));
    map(List.of(), gauge("any", Map.of("service", "labelled")));
    map(List.of(), gauge("any", Map.of()));

    assertThat(found)
        .extracting(Measurement.Builder::getService)
        .satisfiesExactly(
            service -> assertThat(service).isEqualTo("fixed"),
            service -> assertThat(service).startsWith("shop-front-"),
            service -> assertThat(service).isEqualTo("own"),
            service -> assertThat(service).isEqualTo("labelled"),
            service -> assertThat(service).isEqualTo("fallback"));
  }

  @Test
  void anEndpointIsNamedByItsLabel() {
    MappingRule rule =
        new MappingRule(
            "probe_*",
            null,
            Meaning.RESPONSE_TIME,
            null,
            null,
            null,
            null,
            ResourceKind.ENDPOINT,
            "server",
            "ms",
            Tier.CORE,
            null,
            null,
            null,
            null);

    map(List.of(rule), gauge("probe_time", Map.of("server", "http://a/b?c")));

    Measurement.Builder figure = found.get(0);
    assertThat(figure.getKind()).isEqualTo(ResourceKind.ENDPOINT);
    assertThat(figure.getResourceId()).startsWith("endpoint/http---a-b-c-");
    assertThat(figure.getUnit()).isEqualTo("ms");
    assertThat(figure.getTier()).isEqualTo(Tier.CORE);
    assertThat(inventory.resources()).extracting(Resource::getName).containsExactly("http://a/b?c");
  }

  @Test
  void valuesOfADistributionAreRequestsOnlyWhereTheRuleSaysSo() {
    Figure delta =
        Figure.of(
            "d",
            Map.of("code", "503"),
            new Distribution(9L, 1.0, List.of(), List.of(), true),
            null,
            null);

    map(
        List.of(
            MappingRule.of("d", Map.of(), Meaning.RESPONSE_TIME, "ms", Map.of("code", "5*"), true)),
        delta);
    map(List.of(MappingRule.of("d", Meaning.RESPONSE_TIME, Map.of())), delta);

    assertThat(found)
        .extracting(
            Measurement.Builder::getName,
            Measurement.Builder::getMeaning,
            Measurement.Builder::getType,
            Measurement.Builder::getValue,
            Measurement.Builder::getUnit)
        .containsExactly(
            tuple("d", Meaning.RESPONSE_TIME, MeasurementType.DISTRIBUTION, null, "ms"),
            tuple("d:requests", Meaning.REQUESTS, MeasurementType.DELTA, 9.0, "1"),
            tuple("d:errors", Meaning.ERRORS, MeasurementType.DELTA, 9.0, "1"),
            tuple("d", Meaning.RESPONSE_TIME, MeasurementType.DISTRIBUTION, null, ""));
  }

  @Test
  void controlCharactersDoNotStayInNames() {
    map(List.of(), gauge("a\nb\u001b[31m", Map.of()));

    assertThat(found.get(0).getName()).isEqualTo("a_b_[31m");
  }

  @Test
  void rulesThatContradictThemselvesAreRefused() {
    assertThatThrownBy(() -> MappingRule.of(" ", Meaning.KPI, null))
        .hasMessageContaining("no metric");
    assertThatThrownBy(() -> MappingRule.of("a", Meaning.KPI, Map.of("x", "y")))
        .hasMessageContaining("'a': errors-when needs");
    assertThatThrownBy(() -> rule("a", "s", "l")).hasMessageContaining("exclude each other");
    assertThatThrownBy(
            () ->
                new MappingRule(
                    "a",
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    ResourceKind.CONTAINER,
                    "id",
                    null,
                    null,
                    null,
                    null,
                    null,
                    null))
        .hasMessageContaining("kind must be service or endpoint");
    assertThatThrownBy(
            () ->
                new MappingRule(
                    "a",
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    ResourceKind.ENDPOINT,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null))
        .hasMessageContaining("resource-label");
  }

  @Test
  void defaultsKnowTheUsualNames() {
    for (String name :
        List.of("http_requests_total", "istio_requests_total", "grpc_server_handled_total")) {
      map(DefaultRules.ALL, gauge(name, Map.of()));
    }

    assertThat(found).extracting(Measurement.Builder::getMeaning).containsOnly(Meaning.REQUESTS);
  }

  private void map(List<MappingRule> rules, Figure figure) {
    mapper(rules, true).map(figure, Examples.NOON, found::add);
  }

  private Mapper mapper(List<MappingRule> rules, boolean keep) {
    FigureSource source =
        new FigureSource("test", "fallback", Tier.UNSPECIFIED, keep, List.of("service"));
    return new Mapper(rules, source, inventory, complaints);
  }

  private static Figure gauge(String name, Map<String, String> labels) {
    return Figure.of(name, labels, MeasurementType.GAUGE, 1, null);
  }

  private static MappingRule rule(String metric, String service, String serviceLabel) {
    return new MappingRule(
        metric,
        null,
        null,
        null,
        null,
        service,
        serviceLabel,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null);
  }
}
