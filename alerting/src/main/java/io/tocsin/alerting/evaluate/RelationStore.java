package io.tocsin.alerting.evaluate;

import java.util.List;

/** Where {@link Relations} keeps what it remembers under one rule. */
public interface RelationStore {

  /** The newest figure of a resource; null if none is known. */
  Outcome.Fact fact(String key);

  /** Remembers it; forgets it if null. */
  void fact(String key, Outcome.Fact fact);

  /** Keys of all figures; a copy. */
  List<String> factKeys();

  /** What is remembered of the calls to a resource; null if nothing is. */
  SeriesState series(String key);

  /** Remembers it; forgets it if null. */
  void series(String key, SeriesState state);

  /** Keys of all calls that are remembered, in alphabetical order; a copy. */
  List<String> seriesKeys();

  /** What was learnt of the calls to a resource; null if nothing. */
  EdgeLearnt learnt(String key);

  /** Remembers it; forgets it if null. */
  void learnt(String key, EdgeLearnt learnt);

  /** Keys of all that was learnt; a copy. */
  List<String> learntKeys();

  /** An alert that may be a step of a sequence; null if not known. */
  StepAlert step(String alertId);

  /** Remembers it; forgets it if null. */
  void step(String alertId, StepAlert step);

  /** Ids of all alerts that may be steps, in alphabetical order; a copy. */
  List<String> stepIds();

  /** A sequence that was found; null if none begins with that alert. */
  SequenceState sequence(String firstAlertId);

  /** Remembers it; forgets it if null. */
  void sequence(String firstAlertId, SequenceState state);

  /** Ids of the first alerts of all sequences, in alphabetical order; a copy. */
  List<String> sequenceIds();
}
