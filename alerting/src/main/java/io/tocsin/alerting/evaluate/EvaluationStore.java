package io.tocsin.alerting.evaluate;

import java.time.Instant;
import java.util.List;

/** Where an {@link Evaluator} keeps what it remembers of one resource. */
public interface EvaluationStore {

  /** What is remembered of the resource; null if nothing is. */
  ResourceState resource();

  /** Remembers it; forgets it if null. */
  void resource(ResourceState state);

  /** What is remembered of a series of a signal; null if nothing is. */
  Seen seen(String key);

  /** Remembers it; forgets it if null. */
  void seen(String key, Seen state);

  /** Keys of all that is remembered of series of signals; a copy. */
  List<String> seenKeys();

  /** What is remembered of a series under a rule; null if nothing is. */
  SeriesState series(String key);

  /** Whether there is a series at all under any rule; true is right where that is not known. */
  default boolean hasSeries() {
    return true;
  }

  /** Remembers it; forgets it if null. */
  void series(String key, SeriesState state);

  /** Keys of all that is remembered of series under rules, in alphabetical order; a copy. */
  List<String> seriesKeys();

  /** What a rule has learnt of a series; null if nothing. */
  Learnt learnt(String key);

  /** Remembers it; forgets it if null. */
  void learnt(String key, Learnt state);

  /** Keys of all that was learnt; a copy. */
  List<String> learntKeys();

  /** Asks to be called at this wall-clock time. Being called more often does no harm. */
  void timer(Instant at);
}
