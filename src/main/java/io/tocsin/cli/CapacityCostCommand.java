package io.tocsin.cli;

import io.tocsin.capacity.CapacityJson;
import io.tocsin.capacity.Fleet;
import io.tocsin.capacity.cost.Estimate;
import io.tocsin.capacity.cost.PriceBook;
import io.tocsin.capacity.cost.Roi;
import io.tocsin.capacity.cost.Traced;
import io.tocsin.capacity.report.Costs;
import io.tocsin.capacity.rightsizing.Rightsizer;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What a fleet costs, by service, and whether a project pays. */
@Command(
    name = "cost",
    description = "What VMs and containers cost a month, by service, and whether a project pays.",
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:printed", "3:the price book or the fleet cannot be used"},
    footer = {
      "",
      "Examples:",
      "  tocsin capacity cost --prices deploy/prices.yaml --trace bitbrains/",
      "  tocsin capacity cost --prices deploy/prices.yaml --explain"
    })
final class CapacityCostCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private JsonOption json;
  @Mixin private CapacityInput input;
  @Mixin private RightsizingOptions sizing;

  @Option(names = "--prices", paramLabel = "FILE", required = true, description = "Price book.")
  private Path prices;

  @Option(names = "--explain", description = "Say what each number was made of.")
  private boolean explain;

  @Override
  public Integer call() throws CommandFailure {
    PriceBook book = CapacityInput.prices(prices);
    Rightsizer rightsizer = new Rightsizer(sizing.settings());
    Fleet fleet = input.fleet();
    Costs costs = Costs.of(book, fleet, rightsizer.advise(fleet.resources()));
    PrintWriter out = spec.commandLine().getOut();
    if (json.wanted()) {
      out.println(CapacityJson.text(costs));
    } else {
      tell(costs, out);
    }
    return 0;
  }

  private void tell(Costs costs, PrintWriter out) {
    String row = "%-32s %14s %14s %14s%n";
    out.printf(row, costs.currency() + " A MONTH", "LOW", "BASE", "HIGH");
    total("as it is", costs.now(), out);
    total("at the sizes advised", costs.advised(), out);
    out.println("by service, as it is:");
    costs
        .services()
        .forEach(
            (service, cost) ->
                out.printf("  %-30s %14s %14s%n", Terminal.plain(service), "", money(cost)));
    if (!costs.roi().isEmpty()) {
      out.printf(row, "PROJECT, " + costs.currency(), "GAIN", "INVESTMENT", "ROI");
      for (Roi roi : costs.roi()) {
        out.printf(
            row,
            "  " + roi.estimate().word(),
            money(roi.gain()),
            money(roi.investment()),
            Double.isNaN(roi.roi().value())
                ? "nothing invested"
                : String.format(Locale.ROOT, "%.1f %%", roi.roi().value()));
      }
    }
    if (!costs.left().isEmpty()) {
      out.printf(
          "left out, as their size is not known: %s%n",
          Terminal.plain(String.join(", ", costs.left())));
    }
    if (explain) {
      explain(costs.now().get(Estimate.BASE), out);
      costs.roi().forEach(roi -> explain(roi.roi(), out));
    }
  }

  private static void explain(Traced value, PrintWriter out) {
    out.println();
    value.derivation().lines().forEach(line -> out.println(Terminal.plain(line)));
  }

  private static void total(String name, Map<Estimate, Traced> amounts, PrintWriter out) {
    out.printf(
        "%-32s %14s %14s %14s%n",
        name,
        money(amounts.get(Estimate.LOW)),
        money(amounts.get(Estimate.BASE)),
        money(amounts.get(Estimate.HIGH)));
  }

  private static String money(Traced amount) {
    return String.format(Locale.ROOT, "%,.2f", amount.value());
  }
}
