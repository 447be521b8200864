package io.tocsin.cli;

import io.tocsin.capacity.CapacityJson;
import io.tocsin.capacity.cost.PriceBook;
import io.tocsin.capacity.forecast.ForecastSettings;
import io.tocsin.capacity.report.Assessment;
import io.tocsin.capacity.report.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** All of it as one HTML file. */
@Command(
    name = "report",
    description = "Everything about capacity as one HTML file that needs nothing else.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  tocsin capacity report --trace bitbrains/ --prices deploy/prices.yaml",
      "  tocsin capacity report --out /tmp/capacity.html --zone Europe/Berlin"
    })
final class CapacityReportCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private JsonOption json;
  @Mixin private CapacityInput input;
  @Mixin private ForecastOptions forecasting;
  @Mixin private RightsizingOptions sizing;

  @Option(
      names = {"-o", "--out"},
      paramLabel = "FILE",
      defaultValue = "capacity.html",
      description = "Where to write it (default: ${DEFAULT-VALUE}).")
  private Path file;

  @Option(names = "--prices", paramLabel = "FILE", description = "Price book; else no cost.")
  private Path prices;

  @Option(names = "--matrix", paramLabel = "FILE", description = "Weights that differ.")
  private Path matrix;

  private final Clock clock = Clock.systemUTC();

  /** What is printed as JSON. */
  record Answer(String file, int resources, int forecasts, int moves) {}

  @Override
  public Integer call() throws CommandFailure {
    ForecastSettings settings = forecasting.settings();
    Optional<PriceBook> book =
        prices == null ? Optional.empty() : Optional.of(CapacityInput.prices(prices));
    Assessment assessment =
        Assessment.of(
            input.fleet(), settings, sizing.settings(), book, CapacityInput.matrix(matrix));
    try {
      Files.writeString(file, Report.html(assessment, settings, clock.instant()));
    } catch (IOException unwritable) {
      throw new CommandFailure(
          CommandFailure.BAD_CONFIGURATION,
          file + ": cannot be written: " + unwritable,
          unwritable);
    }
    Answer answer =
        new Answer(
            file.toString(),
            assessment.fleet().resources().size(),
            assessment.forecasts().size(),
            assessment.moves().size());
    spec.commandLine()
        .getOut()
        .println(
            json.wanted()
                ? CapacityJson.text(answer)
                : "written: " + file + ", about " + answer.resources() + " resources");
    return 0;
  }
}
