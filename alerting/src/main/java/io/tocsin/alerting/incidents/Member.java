package io.tocsin.alerting.incidents;

import io.tocsin.schemas.Alert;
import io.tocsin.schemas.AlertState;

/**
 * The newest word of one alert, and where it belongs.
 *
 * @param alert the newest word
 * @param incidentId the incident it belongs to; null where it has opened and joined none
 * @param relation how it hangs together with the cause, in words; empty for the cause itself
 */
public record Member(Alert alert, String incidentId, String relation) {

  /** Whether it has ended. */
  boolean isCleared() {
    return alert.getState() == AlertState.CLEARED;
  }

  /** The resource at fault: the faulty end where the rule compares two. */
  String resourceId() {
    return resourceId(alert);
  }

  static String resourceId(Alert alert) {
    return alert.getFaultyEnd() == null ? alert.getResourceId() : alert.getFaultyEnd();
  }

  Member with(Alert newest) {
    return new Member(newest, incidentId, relation);
  }

  Member in(String incident, String words) {
    return new Member(alert, incident, words);
  }
}
