package io.tocsin.collectors;

import java.util.Locale;

/**
 * Something that could not be read, for people and for a counter.
 *
 * @param reason what kind of problem it is
 * @param where the file with its line, the address or the collector it was met at
 * @param what what was wrong, in words
 */
public record Problem(Reason reason, String where, String what) {

  /** Kinds of problems; the lower-case name is the {@code reason} tag of the error counter. */
  public enum Reason {
    /** What should be read is not there. */
    MISSING,
    /** It is there and the system would not let it be read. */
    UNREADABLE,
    /** It ends in the middle. */
    TRUNCATED,
    /** It does not look as documented. */
    MALFORMED,
    /** More came than is taken: a body, a series, a queue over its limit. What was over is lost. */
    OVER_LIMIT,
    /** It came after something newer, or a second time; it is left out. */
    STALE,
    /** Something on the way did not let it through, such as a missing permission or password. */
    REFUSED,
    /** The pass took longer than the collector's deadline. */
    DEADLINE,
    /** A defect in a collector. */
    INTERNAL;

    /** Value of the {@code reason} tag. */
    public String tag() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Override
  public String toString() {
    return where + ": " + what;
  }
}
