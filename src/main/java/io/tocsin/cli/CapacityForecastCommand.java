package io.tocsin.cli;

import io.tocsin.capacity.CapacityJson;
import io.tocsin.capacity.Figure;
import io.tocsin.capacity.Fleet;
import io.tocsin.capacity.forecast.Accuracy;
import io.tocsin.capacity.forecast.Forecast;
import io.tocsin.capacity.forecast.ForecastOutcome;
import io.tocsin.capacity.forecast.ForecastSettings;
import io.tocsin.capacity.forecast.Forecaster;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** When things are full, the most urgent first, each with how good such forecasts were. */
@Command(
    name = "forecast",
    description = "When things are full, most urgent first, with the forecasts' own tested error.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  tocsin capacity forecast --trace bitbrains/",
      "  tocsin capacity forecast --figure memory-percent --ceiling 85 --look-ahead 180d"
    })
final class CapacityForecastCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private JsonOption json;
  @Mixin private CapacityInput input;
  @Mixin private ForecastOptions options;

  @Option(
      names = "--figure",
      paramLabel = "FIGURE",
      split = ",",
      description = "Only these, such as cpu-percent; all that fill up if left out.")
  private List<String> figures;

  @Option(
      names = "--ceiling",
      paramLabel = "PERCENT",
      description = "From where on it counts as full; by figure if left out.")
  private Double ceiling;

  @Override
  public Integer call() throws CommandFailure {
    List<String> problems = new ArrayList<>();
    List<Figure> wanted = figures(problems);
    if (ceiling != null && !(ceiling > 0 && ceiling <= 1_000)) {
      problems.add("--ceiling: is not a percentage from above 0 to 1000");
    }
    if (!problems.isEmpty()) {
      throw new CommandFailure(CommandFailure.BAD_CONFIGURATION, String.join("\n", problems));
    }
    ForecastSettings settings = settings();
    Fleet fleet = input.fleet();
    List<ForecastOutcome> outcomes = new Forecaster(settings).rank(fleet.resources(), wanted);
    PrintWriter out = spec.commandLine().getOut();
    if (json.wanted()) {
      out.println(CapacityJson.text(outcomes));
    } else {
      tell(outcomes, settings, out);
    }
    return 0;
  }

  private ForecastSettings settings() throws CommandFailure {
    ForecastSettings settings = options.settings();
    if (ceiling == null) {
      return settings;
    }
    return settings.fullAt(ceiling);
  }

  private List<Figure> figures(List<String> problems) {
    if (figures == null) {
      return Figure.FILLING;
    }
    List<Figure> known = new ArrayList<>();
    for (String word : figures) {
      Figure.of(word)
          .filter(Figure.FILLING::contains)
          .ifPresentOrElse(
              known::add,
              () ->
                  problems.add(
                      "--figure: there is no "
                          + Terminal.plain(word)
                          + " that fills up; write one of "
                          + Figure.words(Figure.FILLING)));
    }
    return known;
  }

  private static void tell(
      List<ForecastOutcome> outcomes, ForecastSettings settings, PrintWriter out) {
    String row = "%-28s %-20s %-28s %10s %7s %7s  %s%n";
    out.printf(row, "RESOURCE", "FIGURE", "FULL IN", "ERROR", "MAPE", "WITHIN", "MODEL");
    long untold = 0;
    for (ForecastOutcome outcome : outcomes) {
      String id = Terminal.plain(outcome.id());
      if (outcome instanceof Forecast forecast) {
        Accuracy accuracy = forecast.accuracy();
        out.printf(
            row,
            id,
            forecast.figure().word(),
            forecast.full().words() + (forecast.full().isExtrapolated() ? " *" : ""),
            number("%.1f points", accuracy.meanAbsoluteError()),
            number("%.0f %%", accuracy.meanPercentageError()),
            number("%.0f %%", 100 * accuracy.coverage()),
            forecast.model());
      } else if (outcome instanceof ForecastOutcome.None none) {
        out.printf("%-28s %-20s no forecast: %s%n", id, none.figure().word(), none.reason());
        untold++;
      }
    }
    out.printf(
        Locale.ROOT,
        "%d forecasts, %d without. ERROR, MAPE and WITHIN the %.0f %% interval are from forecasts of"
            + " each series' own past.%n* beyond what could be tested: extrapolated%n",
        outcomes.size() - untold,
        untold,
        100 * settings.level());
  }

  private static String number(String format, double value) {
    return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, format, value);
  }
}
