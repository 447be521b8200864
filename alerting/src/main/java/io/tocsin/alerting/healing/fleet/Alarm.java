package io.tocsin.alerting.healing.fleet;

import io.tocsin.schemas.Alert;
import io.tocsin.schemas.AlertState;
import java.time.Instant;

/**
 * The newest word of one alert's episode.
 *
 * @param id of the episode
 * @param rule that speaks
 * @param resourceId what it speaks of: the faulty end where it compares two
 * @param signal what the rule listens to, in lower case
 * @param state what it says
 * @param since when the episode began
 * @param at when it said so, in event time
 */
public record Alarm(
    String id,
    String rule,
    String resourceId,
    String signal,
    AlertState state,
    Instant since,
    Instant at) {

  private static final String PROBES = "health";

  static Alarm of(Alert alert) {
    return new Alarm(
        alert.getId(),
        alert.getRule(),
        alert.getFaultyEnd() == null ? alert.getResourceId() : alert.getFaultyEnd(),
        alert.getSignal(),
        alert.getState(),
        alert.getSince(),
        alert.getAt());
  }

  /** Whether it is about what probes say, so that probes can confirm or deny it. */
  public boolean isAboutProbes() {
    return signal.equals(PROBES);
  }
}
