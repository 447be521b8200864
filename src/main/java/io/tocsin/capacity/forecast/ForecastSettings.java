package io.tocsin.capacity.forecast;

import io.tocsin.capacity.Figure;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Map;

/**
 * How to forecast.
 *
 * @param step of the forecast; readings are averaged to it
 * @param horizon how far to look; shortened to a quarter of the history, so that it can be tested
 * @param lookAhead how far to look for a time when it is full
 * @param minimumHistory less is refused
 * @param level share of outcomes that the interval should hold
 * @param zone whose clock people and their load go by
 * @param ceilings percentages at which each figure counts as full
 */
public record ForecastSettings(
    Duration step,
    Duration horizon,
    Duration lookAhead,
    Duration minimumHistory,
    double level,
    ZoneId zone,
    Map<Figure, Double> ceilings) {

  /**
   * Hourly, a week ahead, 90 % intervals; CPU is full at 80 % and memory at 90 %, where it counts
   * as a bottleneck; a file system at 90 %, the rest at 80 %.
   */
  public static ForecastSettings defaults(ZoneId zone) {
    return new ForecastSettings(
        Duration.ofHours(1),
        Duration.ofDays(7),
        Duration.ofDays(90),
        Duration.ofDays(7),
        0.9,
        zone,
        Map.of(
            Figure.CPU_PERCENT, 80.0,
            Figure.MEMORY_PERCENT, 90.0,
            Figure.FILESYSTEM_PERCENT, 90.0,
            Figure.IO_PERCENT, 80.0,
            Figure.NETWORK_PERCENT, 80.0));
  }
}
