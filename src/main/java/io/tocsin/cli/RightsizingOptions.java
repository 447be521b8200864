package io.tocsin.cli;

import io.tocsin.capacity.rightsizing.RightsizingSettings;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/** How to size. */
final class RightsizingOptions {

  @Option(
      names = "--percentile",
      paramLabel = "SHARE",
      defaultValue = "0.99",
      description = "Share of the time in which CPU suffices with head-room (default: 0.99).")
  private double percentile;

  @Option(
      names = "--target",
      paramLabel = "SHARE",
      defaultValue = "0.7",
      description = "Share of its cores that this percentile should use (default: 0.7).")
  private double target;

  @Option(
      names = "--half-life",
      paramLabel = "SPAN",
      converter = SpanConverter.class,
      defaultValue = "7d",
      description = "After which use counts half; 0s: all counts alike (default: 7d).")
  private Duration halfLife;

  @Option(
      names = "--size-min-history",
      paramLabel = "SPAN",
      converter = SpanConverter.class,
      defaultValue = "7d",
      description = "Refuse to size with less history than this (default: 7d).")
  private Duration minimumHistory;

  /**
   * The settings.
   *
   * @throws CommandFailure with all that is wrong
   */
  RightsizingSettings settings() throws CommandFailure {
    RightsizingSettings defaults = RightsizingSettings.defaults();
    RightsizingSettings settings =
        new RightsizingSettings(
            percentile,
            target,
            defaults.memoryPercentile(),
            defaults.memoryTarget(),
            halfLife.isZero() ? null : halfLife,
            minimumHistory,
            defaults.fullHistory(),
            defaults.tolerance(),
            defaults.vetoes());
    List<String> problems = settings.problems();
    if (!problems.isEmpty()) {
      throw new CommandFailure(
          CommandFailure.BAD_CONFIGURATION,
          problems.stream().map(line -> "--" + line).collect(Collectors.joining("\n")));
    }
    return settings;
  }
}
