package io.tocsin.streams.window;

/** What is passed on about a resource at once, without waiting for a window. */
public sealed interface Observation {

  /** Whom it is about. */
  Subject subject();

  /** A new interval was measured. */
  record Measured(Subject subject, Interval interval) implements Observation {}

  /** Nothing was heard for so long that the resource is forgotten. */
  record Forgotten(Subject subject) implements Observation {}
}
