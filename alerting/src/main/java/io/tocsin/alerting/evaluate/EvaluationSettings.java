package io.tocsin.alerting.evaluate;

import java.time.Duration;

/**
 * What all rules have in common.
 *
 * @param missed so many times the usual interval between two observations of a series is a silence,
 *     after which pending and clearing begin anew
 * @param leastSilence a shorter time never is one
 * @param unheard when regular figures of what fires have not come for so long, and for {@code
 *     missed} times their usual interval, nobody knows any more
 * @param settle after a start, timers wait for this long: those that came due meanwhile come all at
 *     once, before what happened meanwhile has been read
 * @param registration time that a new resource has, beside its intervals, before it is missed
 * @param slack time that a report may need on its way before it is missed; at most half of its
 *     interval
 * @param mostAhead observations further ahead of the clock are held; the collectors already keep
 *     their clocks within a minute
 * @param mostSeries series of one resource that are kept apart; more are held, for no use of labels
 *     may use up the memory
 */
public record EvaluationSettings(
    int missed,
    Duration leastSilence,
    Duration unheard,
    Duration settle,
    Duration registration,
    Duration slack,
    Duration mostAhead,
    int mostSeries) {

  /** What is shipped. */
  public static final EvaluationSettings DEFAULT =
      new EvaluationSettings(
          5,
          Duration.ofMinutes(1),
          Duration.ofMinutes(5),
          Duration.ofSeconds(10),
          Duration.ofSeconds(30),
          Duration.ofMillis(500),
          Duration.ofMinutes(5),
          1_000);

  /** The same, with another time to settle. */
  public EvaluationSettings settledAfter(Duration time) {
    return new EvaluationSettings(
        missed, leastSilence, unheard, time, registration, slack, mostAhead, mostSeries);
  }
}
