package io.tocsin.cli;

import io.tocsin.capacity.CapacityJson;
import io.tocsin.capacity.Fleet;
import io.tocsin.capacity.rightsizing.Advice;
import io.tocsin.capacity.rightsizing.Amounts;
import io.tocsin.capacity.rightsizing.Dimension;
import io.tocsin.capacity.rightsizing.Rightsizer;
import java.io.PrintWriter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** How large VMs, containers and hosts should be. */
@Command(
    name = "rightsize",
    description = "How large things should be; takes nothing from what is short of it.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  tocsin capacity rightsize --trace bitbrains/",
      "  tocsin capacity rightsize --percentile 0.95 --target 0.8 --json"
    })
final class CapacityRightsizeCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private JsonOption json;
  @Mixin private CapacityInput input;
  @Mixin private RightsizingOptions options;

  @Override
  public Integer call() throws CommandFailure {
    Rightsizer rightsizer = new Rightsizer(options.settings());
    Fleet fleet = input.fleet();
    List<Advice> advice = rightsizer.advise(fleet.resources());
    PrintWriter out = spec.commandLine().getOut();
    if (json.wanted()) {
      out.println(CapacityJson.text(advice));
    } else {
      tell(advice, out);
    }
    return 0;
  }

  private static void tell(List<Advice> advice, PrintWriter out) {
    String row = "%-28s %-7s %-8s %12s %12s %6s  %s%n";
    out.printf(row, "RESOURCE", "WHAT", "VERDICT", "HAS", "NEEDS", "SURE", "WHY");
    advice.stream()
        .sorted(Comparator.comparing((Advice each) -> each.verdict()).thenComparing(Advice::id))
        .forEach(
            each ->
                out.printf(
                    row,
                    Terminal.plain(each.id()),
                    word(each.dimension()),
                    word(each.verdict()),
                    Amounts.of(each.dimension(), each.has()),
                    (each.isFloor() ? ">=" : "") + Amounts.of(each.dimension(), each.needs()),
                    Math.round(100 * each.confidence()) + " %",
                    each.reason()));
    for (Dimension dimension : Dimension.values()) {
      List<Advice> known =
          advice.stream()
              .filter(each -> each.dimension() == dimension && !each.isRefused())
              .toList();
      out.printf(
          "%s: %s of %s are needed%n",
          word(dimension),
          Amounts.of(dimension, known.stream().mapToDouble(Advice::needs).sum()),
          Amounts.of(dimension, known.stream().mapToDouble(Advice::has).sum()));
    }
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
