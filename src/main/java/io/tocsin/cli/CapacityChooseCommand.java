package io.tocsin.cli;

import io.tocsin.capacity.CapacityJson;
import io.tocsin.capacity.Fleet;
import io.tocsin.capacity.choice.Choice;
import io.tocsin.capacity.choice.Evidence;
import io.tocsin.capacity.choice.Matrix;
import io.tocsin.capacity.choice.Move;
import io.tocsin.capacity.choice.Placement;
import io.tocsin.capacity.choice.SchedulerHints;
import io.tocsin.capacity.cost.PriceBook;
import io.tocsin.capacity.report.Assessment;
import io.tocsin.capacity.rightsizing.Rightsizer;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Where workloads belong, and how to get them there. */
@Command(
    name = "choose",
    description = "Whether workloads belong in VMs, containers or both, and how to move them.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  tocsin capacity choose --prices deploy/prices.yaml --trace bitbrains/",
      "  tocsin capacity choose --matrix our-weights.yaml --json",
      "  tocsin capacity choose --resource vm/shop --manifest   as a Kubernetes manifest"
    })
final class CapacityChooseCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private JsonOption json;
  @Mixin private CapacityInput input;
  @Mixin private RightsizingOptions sizing;

  @Option(names = "--prices", paramLabel = "FILE", description = "Price book; else no cost counts.")
  private Path prices;

  @Option(
      names = "--matrix",
      paramLabel = "FILE",
      description = "Weights, scores and workloads that differ from the shipped matrix.")
  private Path matrix;

  @Option(
      names = "--manifest",
      description = "Print hints for the Kubernetes scheduler for what belongs in containers.")
  private boolean manifest;

  @Override
  public Integer call() throws CommandFailure {
    Matrix weighed = CapacityInput.matrix(matrix);
    Optional<PriceBook> book =
        prices == null ? Optional.empty() : Optional.of(CapacityInput.prices(prices));
    Rightsizer rightsizer = new Rightsizer(sizing.settings());
    Fleet fleet = input.fleet();
    List<Evidence> evidence =
        Assessment.evidence(fleet, rightsizer.advise(fleet.resources()), book);
    Placement placement = Placement.of(evidence, weighed);
    List<Choice> choices = placement.choices();
    List<Move> moves = placement.moves();
    PrintWriter out = spec.commandLine().getOut();
    if (manifest) {
      manifests(evidence, choices, weighed, out);
      out.flush();
    } else if (json.wanted()) {
      out.println(CapacityJson.text(placement));
    } else {
      tell(choices, moves, out);
    }
    return 0;
  }

  private static void manifests(
      List<Evidence> evidence, List<Choice> choices, Matrix matrix, PrintWriter out) {
    for (int i = 0; i < choices.size(); i++) {
      switch (choices.get(i).verdict()) {
        case CONTAINER, HYBRID -> out.print(SchedulerHints.manifest(evidence.get(i), matrix));
        case VM, INSUFFICIENT_DATA -> {
          // Nothing for Kubernetes to schedule.
        }
      }
    }
  }

  private static void tell(List<Choice> choices, List<Move> moves, PrintWriter out) {
    String row = "%-28s %-10s %-18s %6s %10s %9s  %s%n";
    out.printf(row, "WORKLOAD", "RUNS IN", "BELONGS IN", "VM", "CONTAINER", "MEASURED", "WHY");
    for (Choice choice : choices) {
      out.printf(
          row,
          Terminal.plain(choice.id()),
          choice.runsIn().word(),
          word(choice.verdict()),
          score(choice.vm()),
          score(choice.container()),
          Math.round(100 * choice.measured()) + " %",
          choice.reason());
    }
    if (moves.isEmpty()) {
      out.println("nothing has to move");
      return;
    }
    out.printf("%n%-28s %-5s %-10s %s%n", "MOVE", "WAVE", "PATH", "WORST RISK");
    for (Move move : moves) {
      out.printf(
          "%-28s %-5d %-10s %s: %s; %s%n",
          Terminal.plain(move.id()),
          move.wave(),
          word(move.path()),
          word(move.risks().get(0).category()),
          move.risks().get(0).what(),
          move.risks().get(0).mitigation());
    }
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private static String score(double value) {
    return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%.2f", value);
  }
}
