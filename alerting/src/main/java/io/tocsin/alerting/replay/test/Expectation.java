package io.tocsin.alerting.replay.test;

import io.tocsin.schemas.AlertState;
import io.tocsin.schemas.IncidentState;
import io.tocsin.schemas.Priority;
import java.time.Duration;
import java.util.List;

/**
 * What has to be so at one moment, after all that is observed at that moment. What is null is not
 * looked at.
 *
 * @param at since the beginning
 * @param line line of the file, from 1
 * @param alerts exactly those alerts that are FIRING, FLAPPING or UNKNOWN; where one with another
 *     state is listed, it has to be there as well
 * @param incidents exactly those incidents that are not RESOLVED; where a resolved one is listed,
 *     it has to be there as well
 * @param notifications how many have been sent since the beginning
 * @param heal actions of the heal plans made since the beginning, in their order
 */
public record Expectation(
    Duration at,
    int line,
    List<ExpectedAlert> alerts,
    List<ExpectedIncident> incidents,
    Integer notifications,
    List<String> heal) {

  /**
   * An alert. What is null may be anything.
   *
   * @param rule name of the rule
   * @param resource id of the resource
   * @param series which of several troubles of it
   * @param state FIRING if nothing is said
   * @param faultyEnd the resource at the faulty end
   * @param summary the line for people
   */
  public record ExpectedAlert(
      String rule,
      String resource,
      String series,
      AlertState state,
      String faultyEnd,
      String summary) {}

  /**
   * An incident. What is null may be anything.
   *
   * @param rule name of the rule of its cause
   * @param resource id of the resource of its cause
   * @param priority how soon
   * @param state OPEN if nothing is said
   * @param notified names of channels that have been told of it since the beginning
   * @param notNotified names of channels that have not
   */
  public record ExpectedIncident(
      String rule,
      String resource,
      Priority priority,
      IncidentState state,
      List<String> notified,
      List<String> notNotified) {

    /** One of which it does not matter who is told. */
    public ExpectedIncident(String rule, String resource, Priority priority, IncidentState state) {
      this(rule, resource, priority, state, null, null);
    }

    /** Whether it matters who is told of it. */
    public boolean asksForChannels() {
      return notified != null || notNotified != null;
    }
  }
}
