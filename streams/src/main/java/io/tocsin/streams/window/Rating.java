package io.tocsin.streams.window;

/** What became of two readings that follow each other: an interval with rates, or why not. */
public sealed interface Rating {

  /** Rates between them. */
  record Rated(Interval interval) implements Rating {}

  /** No rates. */
  record Unrated(Reason reason) implements Rating {}

  /** Why two readings make no rate. */
  enum Reason {
    /** There was no reading before. */
    FIRST,
    /** Too long a pause between them. */
    GAP,
    /** The machine booted between them. */
    REBOOT,
    /** A CPU counter went backwards: it began anew, or wrapped. */
    RESET,
    /** The agent's clock did not go forward. */
    CLOCK
  }
}
