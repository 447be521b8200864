package io.tocsin.capacity.forecast;

import io.tocsin.capacity.Figure;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
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

  /** What cannot be: a line for each, which begins with the setting's name as people write it. */
  public List<String> problems() {
    List<String> problems = new ArrayList<>();
    if (horizon.compareTo(step) < 0) {
      problems.add("horizon: has to be 1h or more");
    }
    if (lookAhead.compareTo(horizon) < 0 || lookAhead.toDays() > 3_650) {
      problems.add("look-ahead: has to be from the horizon to 3650d");
    }
    if (minimumHistory.toDays() < 2) {
      problems.add("min-history: has to be 2d or more: two days make the first season");
    }
    if (!(level >= 0.5 && level <= 0.99)) {
      problems.add("level: is not a share from 0.5 to 0.99");
    }
    return problems;
  }

  /** The same, where every figure is full at one percentage. */
  public ForecastSettings fullAt(double percent) {
    Map<Figure, Double> all = new EnumMap<>(Figure.class);
    Figure.FILLING.forEach(figure -> all.put(figure, percent));
    return new ForecastSettings(step, horizon, lookAhead, minimumHistory, level, zone, all);
  }
}
