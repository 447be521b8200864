package io.tocsin.streams.latency;

import io.tocsin.streams.window.Subject;

/** What was made of a record. */
public sealed interface Input {

  /**
   * It counts, unless the state of its resource says otherwise.
   *
   * @param subject whom it is about
   * @param series id of its series among those of the resource: 32 characters
   */
  record Taken(Subject subject, String series, Reading reading) implements Input {}

  /** It cannot count. */
  record Refused(Refusal reason) implements Input {}

  /** It says nothing of latency, requests or errors. */
  record OfNoConcern() implements Input {}
}
