package io.tocsin.streams.latency;

/**
 * Why two readings of a cumulative series that follow each other count nothing: what happened
 * between them is not known, and is not guessed.
 */
public enum Unrated {
  /** There was no reading before. */
  FIRST,
  /** Too long a pause between them. */
  GAP,
  /** It counts from another start, went backwards, or has other buckets. */
  RESET,
  /** The source's clock did not go forward. */
  CLOCK
}
