package io.tocsin.capacity;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.capacity.choice.Criterion;
import io.tocsin.capacity.choice.MatrixReader;
import io.tocsin.capacity.cost.CostModel;
import io.tocsin.capacity.cost.Estimate;
import io.tocsin.capacity.cost.Item;
import io.tocsin.capacity.cost.PriceBook;
import io.tocsin.capacity.cost.PriceBookReader;
import io.tocsin.capacity.report.Costs;
import io.tocsin.capacity.rightsizing.Advice;
import io.tocsin.capacity.rightsizing.Rightsizer;
import io.tocsin.capacity.rightsizing.RightsizingSettings;
import io.tocsin.schemas.ResourceKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The manual's worked example, worked out. */
class WorkedExampleTest {

  private static final double GIB = 1024.0 * 1024 * 1024;
  private static final int HOURS = 28 * 24;
  private final String manual = manual();

  @Test
  void theNumbersOfTheManualAreThoseOfTheProgram() throws Exception {
    List<ResourceSeries> vms = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      vms.add(vm("vm/shop-" + i));
    }
    PriceBook book = PriceBookReader.read("manual", block("currency: EUR"));
    List<Advice> advice = new Rightsizer(RightsizingSettings.defaults()).advise(vms);

    assertThat(advice.get(0).needs()).isEqualTo(3);
    assertThat(advice.get(1).needs()).isEqualTo(11.25 * GIB);
    CostModel model = new CostModel(book);
    Item now = Item.now(vms.get(0), advice.get(0), advice.get(1));
    Item advised = Item.advised(vms.get(0), advice.get(0), advice.get(1));
    says("Together %s EUR a month", model.monthly(now, Estimate.BASE).value());
    says("%s EUR for each", model.monthly(advised, Estimate.BASE).value());
    Costs costs = Costs.of(book, new Fleet("manual", vms, Map.of()), advice);
    says("%s for all. Savings", costs.advised().get(Estimate.BASE).value());
    says(" %s for all", costs.now().get(Estimate.BASE).value());
    double saved =
        costs.now().get(Estimate.BASE).value() - costs.advised().get(Estimate.BASE).value();
    says("Savings: %s EUR", saved);
    says("= %s; investment", costs.roi().get(1).gain().value());
    says("= %s; ROI", costs.roi().get(1).investment().value());
    assertThat(manual)
        .contains(String.format(Locale.ROOT, "ROI %.1f %%", costs.roi().get(1).roi().value()));
  }

  @Test
  void theWeightsOfTheManualAreThoseOfTheShippedMatrix() throws Exception {
    Map<Criterion, Double> weights = MatrixReader.shipped().weights();
    String oneLine = manual.replace('\n', ' ');

    weights.forEach(
        (criterion, weight) ->
            assertThat(oneLine)
                .contains(String.format(Locale.ROOT, "%s %.0f", criterion.word(), weight)));
    assertThat(MatrixReader.read("manual", block("weights: {security")).workloads()).hasSize(3);
  }

  private void says(String sentence, double value) {
    assertThat(manual.replaceAll("\\s+", " "))
        .contains(sentence.formatted(String.format(Locale.ROOT, "%,.2f", value)));
  }

  private String block(String beginning) {
    int from = manual.indexOf("```yaml\n" + beginning) + "```yaml\n".length();
    return manual.substring(from, manual.indexOf("```", from));
  }

  private static String manual() {
    try {
      return Files.readString(Path.of("site/markdown/capacity.md"));
    } catch (IOException missing) {
      throw new UncheckedIOException(missing);
    }
  }

  private static ResourceSeries vm(String id) {
    return new ResourceSeries(
        id,
        ResourceKind.VM,
        "shop",
        "",
        SeasonalFleet.START,
        Duration.ofHours(1),
        Map.of(
            Figure.CPU_PERCENT, filled(20),
            Figure.CORES, filled(8),
            Figure.MEMORY_PERCENT, filled(30),
            Figure.MEMORY_BYTES, filled(32 * GIB)));
  }

  private static double[] filled(double value) {
    double[] values = new double[HOURS];
    Arrays.fill(values, value);
    return values;
  }
}
