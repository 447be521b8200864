package io.tocsin.alerting.signal;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.schemas.Band;
import io.tocsin.schemas.Bottleneck;
import io.tocsin.schemas.BottleneckKind;
import io.tocsin.schemas.Distribution;
import io.tocsin.schemas.Figure;
import io.tocsin.schemas.FindingCounts;
import io.tocsin.schemas.Flow;
import io.tocsin.schemas.Health;
import io.tocsin.schemas.ImageFindings;
import io.tocsin.schemas.LatencySource;
import io.tocsin.schemas.LatencyWindow;
import io.tocsin.schemas.Layer;
import io.tocsin.schemas.LinkThroughput;
import io.tocsin.schemas.Measurement;
import io.tocsin.schemas.MeasurementType;
import io.tocsin.schemas.Origin;
import io.tocsin.schemas.PathStatistics;
import io.tocsin.schemas.PolicyEffect;
import io.tocsin.schemas.Probe;
import io.tocsin.schemas.ProbeKind;
import io.tocsin.schemas.Quantile;
import io.tocsin.schemas.ResourceKind;
import io.tocsin.schemas.SecurityEvent;
import io.tocsin.schemas.SecuritySource;
import io.tocsin.schemas.Severity;
import io.tocsin.schemas.ThroughputWindow;
import io.tocsin.schemas.Tier;
import io.tocsin.schemas.Violation;
import io.tocsin.schemas.Window;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ObservationsTest {

  private static final Instant AT = Instant.parse("2026-01-01T00:00:05Z");

  private static Window.Builder window() {
    return Window.newBuilder()
        .setResourceId("host/a")
        .setKind(ResourceKind.HOST)
        .setService("shop")
        .setTier(Tier.CORE)
        .setStartsAt(AT.minusSeconds(5))
        .setEndsAt(AT.plusSeconds(5))
        .setSizeMs(10_000)
        .setLatestAt(AT)
        .setIsFinal(false)
        .setIntervals(5);
  }

  private static Probe.Builder probe(Health health) {
    return Probe.newBuilder()
        .setResourceId("endpoint/shop")
        .setOrigin(new Origin("a", "b", 0L))
        .setAt(AT)
        .setKind(ProbeKind.HTTP)
        .setHealth(health)
        .setEvidence("because")
        .setIntervalMs(2_000);
  }

  private static Measurement.Builder measurement() {
    return Measurement.newBuilder()
        .setResourceId("service/shop")
        .setKind(ResourceKind.SERVICE)
        .setLayer(Layer.BUSINESS)
        .setName("orders")
        .setType(MeasurementType.GAUGE)
        .setOrigin(new Origin("a", "b", 0L))
        .setAt(AT);
  }

  private static Observation of(Object value) {
    return Observations.of(value).orElseThrow();
  }

  @Test
  void aWindowIsEfficiencyAndItsSeriesIsItsSize() {
    Observation seen =
        of(
            window()
                .setCpuPercent(new Figure(50.0, 90.0, 40.0, 80.0, 85.0))
                .setEfficiency(0.5)
                .setOverheadBand(Band.ABOVE)
                .build());
    assertThat(seen.kind()).isEqualTo(SignalKind.EFFICIENCY);
    assertThat(seen.series()).isEqualTo("10s");
    assertThat(seen.at()).isEqualTo(AT);
    assertThat(seen.labels()).isEqualTo(Map.of("final", "false"));
    assertThat(
            Stream.of("mean", "max", "p50", "p95", "p99")
                .map(part -> seen.fields().get("cpu_percent_" + part)))
        .containsExactly(50.0, 90.0, 40.0, 80.0, 85.0);
    assertThat(seen.fields().get("memory_percent_mean")).isNull();
    assertThat(seen.fields().get("efficiency")).isEqualTo(0.5);
    assertThat(seen.fields().get("overhead_band")).isEqualTo("ABOVE");
    assertThat(seen.fields().get("window_seconds")).isEqualTo(10.0);
    assertThat(seen.fields().get("final")).isEqualTo(false);
    assertThat(of(window().setSizeMs(300_000).setIsFinal(true).build()).series()).isEqualTo("5m");
  }

  @Test
  void everyObservationKnowsWhoseItIs() {
    Fields fields = of(window().build()).fields();
    assertThat(fields.get("resource")).isEqualTo("host/a");
    assertThat(fields.get("kind")).isEqualTo("HOST");
    assertThat(fields.get("service")).isEqualTo("shop");
    assertThat(fields.get("tier")).isEqualTo("CORE");
    assertThat(fields.get("series")).isEqualTo("10s");
    assertThat(fields.get("labels")).isEqualTo(Map.of("final", "false"));
    assertThat(of(window().setService(null).build()).fields().get("service")).isEqualTo("");
    assertThat(fields.get("nothing")).isNull();
  }

  @Test
  void latencyHasItsSourceInItsSeriesAndCountsWhatFailed() {
    Observation seen =
        of(
            LatencyWindow.newBuilder()
                .setResourceId("service/shop")
                .setKind(ResourceKind.SERVICE)
                .setSource(LatencySource.APPLICATION)
                .setStartsAt(AT)
                .setEndsAt(AT.plusSeconds(60))
                .setSizeMs(60_000)
                .setLatestAt(AT)
                .setIsFinal(true)
                .setCount(10)
                .setP99Ms(250.0)
                .setRequests(1_000)
                .setErrorPercent(0.3)
                .build());
    assertThat(seen.series()).isEqualTo("1m/application");
    assertThat(seen.fields().get("p99_ms")).isEqualTo(250.0);
    assertThat(seen.fields().get("failed")).isEqualTo(3.0);
    assertThat(seen.fields().get("lost")).isNull();
    assertThat(seen.fields().get("source")).isEqualTo("APPLICATION");
  }

  @Test
  void linksAreSeriesOfTheirOwnBesideTheWhole() {
    ThroughputWindow window =
        ThroughputWindow.newBuilder()
            .setResourceId("host/a")
            .setKind(ResourceKind.HOST)
            .setStartsAt(AT)
            .setEndsAt(AT)
            .setSizeMs(10_000)
            .setLatestAt(AT)
            .setIsFinal(false)
            .setCoveredMs(5_000)
            .setRxBytesPerSecond(new Flow(100L, 20.0, 30.0))
            .setLinks(
                List.of(
                    LinkThroughput.newBuilder()
                        .setName("eth0")
                        .setRxBytesPerSecond(new Flow(50L, 10.0, 15.0))
                        .setTxBytesPerSecond(new Flow(0L, 0.0, 0.0))
                        .setRxPacketsPerSecond(new Flow(0L, 0.0, 0.0))
                        .setTxPacketsPerSecond(new Flow(0L, 0.0, 0.0))
                        .setLostPacketsPerSecond(new Flow(0L, 0.0, 0.0))
                        .setUtilisationPercent(7.0)
                        .build()))
            .build();
    Observation whole = of(window);
    Observation link = ThroughputSignal.parts(window).get(0);
    assertThat(whole.series()).isEqualTo("10s");
    assertThat(whole.fields().get("rx_bytes_per_second_mean")).isEqualTo(20.0);
    assertThat(whole.fields().get("rx_bytes_total")).isEqualTo(100.0);
    assertThat(whole.fields().get("utilisation_percent")).isNull();
    assertThat(link.series()).isEqualTo("10s/link/eth0");
    assertThat(link.fields().get("rx_bytes_per_second_max")).isEqualTo(15.0);
    assertThat(link.fields().get("disk_bytes_total")).isNull();
    assertThat(link.fields().get("utilisation_percent")).isEqualTo(7.0);
  }

  @Test
  void requestsOfAServiceAreASeriesBesideItsBytes() {
    ThroughputWindow.Builder shop =
        ThroughputWindow.newBuilder()
            .setResourceId("service/shop")
            .setKind(ResourceKind.SERVICE)
            .setStartsAt(AT)
            .setEndsAt(AT)
            .setSizeMs(60_000)
            .setLatestAt(AT)
            .setIsFinal(true)
            .setCoveredMs(60_000);
    Flow flow = new Flow(60L, 1.0, 2.0);
    Observation requests = of(ThroughputWindow.newBuilder(shop).setRequestsPerSecond(flow).build());
    Observation bytes = of(ThroughputWindow.newBuilder(shop).setRxBytesPerSecond(flow).build());
    assertThat(requests.series()).isEqualTo("1m/requests");
    assertThat(requests.fields().get("requests_per_second_max")).isEqualTo(2.0);
    assertThat(bytes.series()).isEqualTo("1m");
  }

  @Test
  void aBottleneckBeganWhenItSays() {
    Bottleneck.Builder bottleneck =
        Bottleneck.newBuilder()
            .setResourceId("vm/db")
            .setResourceKind(ResourceKind.VM)
            .setKind(BottleneckKind.IO)
            .setActive(true)
            .setSince(AT.minusSeconds(30))
            .setAt(AT)
            .setValue(1_500)
            .setThreshold(1_000)
            .setUnit("operations/s")
            .setConfidence(0.9);
    Observation seen = of(bottleneck.build());
    assertThat(seen.series()).isEqualTo("IO");
    assertThat(seen.since()).isEqualTo(AT.minusSeconds(30));
    assertThat(seen.fields().get("active")).isEqualTo(true);
    assertThat(seen.fields().get("severity")).isNull();
    assertThat(of(bottleneck.setActive(false).build()).since()).isEqualTo(AT);
  }

  @Test
  void aProbeSpeaksForThreeIntervalsAndUnknownIsNeitherUpNorDown() {
    Observation up = of(probe(Health.UP).setLatencyUs(1_500L).build());
    assertThat(up.freshForMs()).isEqualTo(6_000);
    assertThat(up.fields().get("latency_ms")).isEqualTo(1.5);
    assertThat(up.fields().get("up")).isEqualTo(true);
    assertThat(up.fields().get("failed")).isEqualTo(0.0);
    assertThat(of(probe(Health.DOWN).build()).fields().get("failed")).isEqualTo(1.0);
    Fields unknown = of(probe(Health.UNKNOWN).build()).fields();
    assertThat(unknown.get("health")).isEqualTo("UNKNOWN");
    assertThat(unknown.get("up")).isNull();
    assertThat(unknown.get("tries")).isNull();
    assertThat(of(probe(Health.UP).setIntervalMs(Long.MAX_VALUE).build()).freshForMs())
        .isEqualTo(3 * 24 * 3_600_000L);
    assertThat(
            of(probe(Health.UP)
                    .setPath(PathStatistics.newBuilder().setSent(20).setReceived(19).build())
                    .build())
                .fields()
                .get("loss_percent"))
        .isEqualTo(5.0);
  }

  @Test
  void aMeasurementsSeriesIsItsNameWithItsLabelsInOrder() {
    Observation seen =
        of(measurement().setValue(5.0).setLabels(Map.of("z", "1", "a", "2")).build());
    assertThat(seen.kind()).isEqualTo(SignalKind.BUSINESS);
    assertThat(seen.series()).isEqualTo("orders{a=2,z=1}");
    assertThat(seen.fields().get("value")).isEqualTo(5.0);
    assertThat(seen.fields().get("meaning")).isEqualTo("OTHER");
    assertThat(seen.labels()).containsEntry("a", "2");
    assertThat(of(measurement().setLayer(Layer.INFRASTRUCTURE).build()).kind())
        .isEqualTo(SignalKind.APPLICATION);
  }

  @Test
  void aDistributionHasItsCountMeanAndTheQuantilesOfItsSource() {
    Fields fields =
        of(measurement()
                .setDistribution(
                    Distribution.newBuilder()
                        .setCount(4)
                        .setSum(10.0)
                        .setQuantiles(List.of(new Quantile(0.99, 7.0)))
                        .build())
                .build())
            .fields();
    assertThat(fields.get("count")).isEqualTo(4.0);
    assertThat(fields.get("mean")).isEqualTo(2.5);
    assertThat(fields.get("p99")).isEqualTo(7.0);
    assertThat(fields.get("p50")).isNull();
    assertThat(fields.get("value")).isNull();
  }

  @Test
  void whatIsAboutSecurityKeepsApartByWhatItIs() {
    Observation violation =
        of(
            Violation.newBuilder()
                .setId("1")
                .setEventId("2")
                .setAt(AT)
                .setEffect(PolicyEffect.DENY)
                .setSeverity(Severity.CRITICAL)
                .setResourceId("container/a.web")
                .setKind(ResourceKind.CONTAINER)
                .setAction("exec")
                .setSource(SecuritySource.DOCKER)
                .setReason("no policy allows it")
                .build());
    assertThat(violation.series()).isEqualTo("violation/exec");
    assertThat(violation.fields().get("effect")).isEqualTo("DENY");
    assertThat(violation.fields().get("record")).isEqualTo("violation");
    assertThat(violation.fields().get("critical")).isNull();

    Observation findings =
        of(
            ImageFindings.newBuilder()
                .setImage("web:1")
                .setScan("3")
                .setScannedAt(AT)
                .setNewCritical(1)
                .setNewHigh(0)
                .setTotals(new FindingCounts(2, 0, 0, 0, 0))
                .build());
    assertThat(findings.resourceId()).isEqualTo("image/web:1");
    assertThat(findings.fields().get("new_critical")).isEqualTo(1.0);
    assertThat(findings.fields().get("critical")).isEqualTo(2.0);
    assertThat(findings.fields().get("severity")).isEqualTo("CRITICAL");
    assertThat(findings.fields().get("effect")).isNull();
    assertThat(findings.fields().get("source")).isNull();

    Observation event =
        of(
            SecurityEvent.newBuilder()
                .setId("4")
                .setAt(AT)
                .setOrigin(new Origin("a", "b", 0L))
                .setSource(SecuritySource.DOCKER)
                .setAction("oom")
                .setSeverity(Severity.HIGH)
                .setResourceId("container/a.web")
                .setKind(ResourceKind.CONTAINER)
                .setTitle("killed")
                .build());
    assertThat(event.series()).isEqualTo("event/oom");
    assertThat(event.fields().get("title")).isEqualTo("killed");
    assertThat(event.fields().get("severity")).isEqualTo("HIGH");
  }

  @Test
  void recordsThatNoRuleLooksAtAreNone() {
    assertThat(Observations.of("text")).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(SignalKind.class)
  void everyFigureIsExplainedAndNamedLikeNoCommonOne(SignalKind kind) {
    List<FieldDoc> fields = Observations.fields(kind);
    assertThat(fields)
        .isNotEmpty()
        .allSatisfy(
            field -> {
              assertThat(field.name()).matches("[a-z][a-z0-9_]*");
              assertThat(field.doc()).matches("(?s)[A-Z0-9].*\\.");
            });
    List<String> common = Observations.commonFields().stream().map(FieldDoc::name).toList();
    assertThat(fields)
        .extracting(FieldDoc::name)
        .doesNotHaveDuplicates()
        .doesNotContainAnyElementsOf(common);
  }
}
