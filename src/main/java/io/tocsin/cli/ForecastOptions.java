package io.tocsin.cli;

import io.tocsin.capacity.forecast.ForecastSettings;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** How to forecast. */
final class ForecastOptions {

  @Option(
      names = "--horizon",
      paramLabel = "SPAN",
      converter = SpanConverter.class,
      defaultValue = "7d",
      description = "How far to forecast; a quarter of the history at most (default: 7d).")
  private Duration horizon;

  @Option(
      names = "--look-ahead",
      paramLabel = "SPAN",
      converter = SpanConverter.class,
      defaultValue = "90d",
      description = "How far to look for when it is full (default: 90d).")
  private Duration lookAhead;

  @Option(
      names = "--min-history",
      paramLabel = "SPAN",
      converter = SpanConverter.class,
      defaultValue = "7d",
      description = "Refuse with less history than this (default: 7d).")
  private Duration minimumHistory;

  @Option(
      names = "--level",
      paramLabel = "SHARE",
      defaultValue = "0.9",
      description = "Share of outcomes that the interval should hold (default: 0.9).")
  private double level;

  @Option(
      names = "--zone",
      paramLabel = "ZONE",
      defaultValue = "UTC",
      description = "Whose clock the load goes by, such as Europe/Berlin (default: UTC).")
  private String zone;

  /**
   * The settings.
   *
   * @throws CommandFailure with all that is wrong
   */
  ForecastSettings settings() throws CommandFailure {
    List<String> problems = new ArrayList<>();
    ForecastSettings defaults = ForecastSettings.defaults(ZoneId.of("UTC"));
    try {
      defaults = ForecastSettings.defaults(ZoneId.of(zone));
    } catch (DateTimeException unknown) {
      problems.add("--zone: " + Terminal.plain(zone) + " is not known; write Europe/Berlin or UTC");
    }
    ForecastSettings settings =
        new ForecastSettings(
            defaults.step(),
            horizon,
            lookAhead,
            minimumHistory,
            level,
            defaults.zone(),
            defaults.ceilings());
    settings.problems().forEach(line -> problems.add("--" + line));
    if (!problems.isEmpty()) {
      throw new CommandFailure(CommandFailure.BAD_CONFIGURATION, String.join("\n", problems));
    }
    return settings;
  }
}
