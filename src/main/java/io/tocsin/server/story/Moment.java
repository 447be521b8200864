package io.tocsin.server.story;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;

/**
 * One thing on the axis of an incident. Texts are for people and have to be shown as text.
 *
 * @param at when, or from when
 * @param lane what kind of thing it is
 * @param kind which of those
 * @param text what happened, in words
 * @param by who did it; empty for Tocsin itself
 * @param ref id of what it is told of: an alert, a version, a delivery, a plan
 * @param until when it ended; null while it has not, and of what takes no time
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Moment(
    Instant at, Lane lane, String kind, String text, String by, String ref, Instant until) {

  /** What kinds of things there are, in the order in which one leads to the next. */
  public enum Lane {
    @JsonProperty("signal")
    SIGNAL,
    @JsonProperty("decision")
    DECISION,
    @JsonProperty("page")
    PAGE,
    @JsonProperty("action")
    ACTION,
    @JsonProperty("verification")
    VERIFICATION
  }
}
