package io.tocsin.capacity.rightsizing;

import io.tocsin.capacity.Figure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How to size.
 *
 * @param cpuPercentile share of the time in which CPU has to suffice with head-room
 * @param cpuTarget share of its cores that this percentile should use; the rest is head-room
 * @param memoryPercentile the same for memory, of which there is no "a little late"
 * @param memoryTarget share of its memory that this percentile should use
 * @param halfLife after which use counts half; null if all counts alike
 * @param minimumHistory less is refused
 * @param fullHistory from which on confidence is whole
 * @param tolerance a size that is off by less than this share is left alone
 * @param vetoes percentages of which, if the 95th percentile exceeds them, nothing is taken away
 */
public record RightsizingSettings(
    double cpuPercentile,
    double cpuTarget,
    double memoryPercentile,
    double memoryTarget,
    Duration halfLife,
    Duration minimumHistory,
    Duration fullHistory,
    double tolerance,
    Map<Figure, Double> vetoes) {

  /**
   * CPU: the 99th percentile uses 70 %. Memory: the peak and 15 % (as Robusta KRR). A half-life of
   * a week, where the autoscaler of Kubernetes has a day, because load has a weekly rhythm: what
   * happens on Mondays should still count on Sunday. Refused below 7 days, sure from 28. The vetoes
   * are half of what counts as a bottleneck: taking away needs more room than not alarming.
   */
  public static RightsizingSettings defaults() {
    return new RightsizingSettings(
        0.99,
        0.7,
        1,
        1 / 1.15,
        Duration.ofDays(7),
        Duration.ofDays(7),
        Duration.ofDays(28),
        0.1,
        Map.of(
            Figure.CPU_PRESSURE_PERCENT, 10.0,
            Figure.THROTTLED_PERCENT, 5.0,
            Figure.STEAL_PERCENT, 5.0,
            Figure.VCPU_DELAY_PERCENT, 5.0,
            Figure.MEMORY_PRESSURE_PERCENT, 5.0));
  }

  /** What cannot be: a line for each, which begins with the setting's name as people write it. */
  public List<String> problems() {
    List<String> problems = new ArrayList<>();
    if (!(cpuPercentile > 0 && cpuPercentile <= 1)) {
      problems.add("percentile: is not a share above 0 and up to 1");
    }
    if (!(cpuTarget > 0 && cpuTarget <= 1)) {
      problems.add("target: is not a share above 0 and up to 1");
    }
    return problems;
  }

  /** The same, with another percentile and target of CPU. */
  public RightsizingSettings withCpu(double percentile, double target) {
    return new RightsizingSettings(
        percentile,
        target,
        memoryPercentile,
        memoryTarget,
        halfLife,
        minimumHistory,
        fullHistory,
        tolerance,
        vetoes);
  }
}
