package io.tocsin.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Capacity: how long it lasts, how large it should be, what it costs, where it belongs. */
@Command(
    name = "capacity",
    description =
        "When things are full, how large they should be, what they cost, where they belong.",
    mixinStandardHelpOptions = true,
    subcommands = {
      CapacityForecastCommand.class,
      CapacityRightsizeCommand.class,
      CapacityWhatIfCommand.class,
      CapacityCostCommand.class,
      CapacityChooseCommand.class,
      CapacityReportCommand.class
    },
    footer = {
      "",
      "Examples:",
      "  tocsin capacity forecast --figure filesystem-percent",
      "  tocsin capacity rightsize --trace bitbrains/",
      "  tocsin capacity whatif --hosts 8 --host-cores 16 --host-memory 64 --lose 1 --grow 20",
      "  tocsin capacity cost --prices deploy/prices.yaml",
      "  tocsin capacity report --prices deploy/prices.yaml --out capacity.html"
    })
final class CapacityCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "say what to do: tocsin capacity forecast, rightsize, whatif, cost, choose or report");
  }
}
