package io.tocsin.capacity.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.capacity.Figure;
import io.tocsin.capacity.Fleet;
import io.tocsin.capacity.ResourceSeries;
import io.tocsin.capacity.SeasonalFleet;
import io.tocsin.capacity.choice.MatrixReader;
import io.tocsin.capacity.cost.PriceBookReader;
import io.tocsin.capacity.forecast.ForecastSettings;
import io.tocsin.capacity.rightsizing.RightsizingSettings;
import io.tocsin.schemas.ResourceKind;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;

class ReportTest {

  private static final String EVIL = "vm/<script>alert(1)</script>\"onload=\"x\u0000\u202e";
  private static final Instant NOW = Instant.parse("2026-04-13T12:00:00Z");

  @Test
  void aNameFromOutsideStaysText() throws Exception {
    String html = html(List.of(vm(EVIL, 28)));

    assertThat(html)
        .contains("&lt;script&gt;alert(1)&lt;/script&gt;")
        .doesNotContain("<script")
        .doesNotContain("\u0000")
        .doesNotContain("\u202e");
  }

  @Test
  void itIsWellFormedAndNeedsNothingFromElsewhere() throws Exception {
    String html = html(List.of(vm("vm/a", 28), vm(EVIL, 28), vm("vm/young", 2)));

    DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(html)));
    assertThat(html)
        .startsWith("<!DOCTYPE html>")
        .doesNotContain("http:")
        .doesNotContain("https:")
        .doesNotContain("url(")
        .doesNotContain("NaN");
  }

  @Test
  void everySectionIsThere() throws Exception {
    assertThat(html(List.of(vm("vm/a", 28))))
        .contains("Time to full", "Sizes", "Cost", "Return on investment")
        .contains("VM, container or both", "Migration plan", "Risk register")
        .contains("Where the ROI comes from", "2026-04-13 12:00 UTC");
  }

  @Test
  void aFleetTooYoungForAnythingStillHasAReport() throws Exception {
    assertThat(html(List.of(vm("vm/young", 2))))
        .contains("Nothing has enough history for a forecast.")
        .contains("insufficient data");
  }

  private static String html(List<ResourceSeries> fleet) throws Exception {
    ForecastSettings settings = ForecastSettings.defaults(ZoneOffset.UTC);
    Assessment assessment =
        Assessment.of(
            new Fleet("a test", fleet, Map.of("out of order (sorted)", 3L)),
            settings,
            RightsizingSettings.defaults(),
            Optional.of(
                PriceBookReader.read(
                    "prices.yaml", Files.readString(Path.of("../deploy/prices.yaml")))),
            MatrixReader.shipped());
    return Report.html(assessment, settings, NOW);
  }

  private static ResourceSeries vm(String id, int days) {
    double[] cpu = new double[24 * days];
    Arrays.setAll(cpu, t -> t == 50 ? Double.NaN : 20 + t % 24);
    return new ResourceSeries(
        id,
        ResourceKind.VM,
        "shop",
        "",
        SeasonalFleet.START,
        Duration.ofHours(1),
        Map.of(
            Figure.CPU_PERCENT, cpu,
            Figure.CORES, filled(cpu.length, 4),
            Figure.MEMORY_PERCENT, filled(cpu.length, 30),
            Figure.MEMORY_BYTES, filled(cpu.length, 8.0 * (1 << 30))));
  }

  private static double[] filled(int length, double value) {
    double[] values = new double[length];
    Arrays.fill(values, value);
    return values;
  }
}
