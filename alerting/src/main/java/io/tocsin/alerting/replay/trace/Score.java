package io.tocsin.alerting.replay.trace;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How well alarms agree with labels.
 *
 * @param labelled labels of watched resources
 * @param hits those with an alarm on their resource between onset and end plus grace
 * @param delays from onset to the first alarm, of each hit
 * @param alarms alarms that count, those before judging begins left out
 * @param falseAlarms alarms outside every label of their resource
 * @param trueHours clock hours, per resource, with an alarm inside a label
 * @param falseHours clock hours, per resource, with a false alarm
 * @param days that all resources together were watched
 * @param confusion for each kind of label, how often the first alarm inside was of which kind;
 *     {@code none} where there was none
 */
public record Score(
    int labelled,
    int hits,
    List<Duration> delays,
    int alarms,
    int falseAlarms,
    int trueHours,
    int falseHours,
    double days,
    Map<String, Map<String, Integer>> confusion) {

  /** Share of labels hit, 0 to 1; NaN without labels. */
  public double recall() {
    return (double) hits / labelled;
  }

  /** Share of alarmed clock hours that are inside a label, 0 to 1; NaN without alarms. */
  public double precision() {
    return (double) trueHours / (trueHours + falseHours);
  }

  /** Clock hours with a false alarm, per day of a resource. */
  public double falseHoursPerDay() {
    return falseHours / days;
  }

  /** False alarms per day of a resource. */
  public double falseAlarmsPerDay() {
    return falseAlarms / days;
  }

  /** Half of the hits came at most this long after the onset; zero without hits. */
  public Duration medianDelay() {
    List<Duration> sorted = delays.stream().sorted().toList();
    return sorted.isEmpty() ? Duration.ZERO : sorted.get((sorted.size() - 1) / 2);
  }

  /** One line for people. */
  public String line() {
    return String.format(
        Locale.ROOT,
        "%d of %d hit, precision %.2f, %d false alarms (%.2f a day), %d false hours (%.2f a day), "
            + "median delay %d s",
        hits,
        labelled,
        precision(),
        falseAlarms,
        falseAlarmsPerDay(),
        falseHours,
        falseHoursPerDay(),
        medianDelay().toSeconds());
  }
}
