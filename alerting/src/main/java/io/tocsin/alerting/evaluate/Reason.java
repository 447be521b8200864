package io.tocsin.alerting.evaluate;

import java.util.Locale;

/** Why an input changed nothing that people see. */
public enum Reason {
  /** Bad, but not yet for as long as the rule asks. */
  PENDING,
  /** It fires already. */
  STILL_BAD,
  /** Good, but not yet for as long as the rule asks. */
  CLEARING,
  /** Neither bad nor good, so it stays as it is. */
  BETWEEN_THRESHOLDS,
  /** The condition cannot be told from what is known. */
  UNKNOWN,
  /** It comes and goes, and is held as flapping. */
  FLAPPING,
  /** Older than what is known already. */
  OUT_OF_ORDER,
  /** Nothing worse than what was said of the same moment. */
  REPEATED,
  /** Further ahead of the clock than a clock may be wrong. */
  FROM_THE_FUTURE,
  /** A window that is not final, for a rule that learns from final ones. */
  NOT_FINAL,
  /** The figure that the rule looks at is missing. */
  NO_FIGURE,
  /** The other end's figure of the same time has not come. */
  OTHER_END_MISSING,
  /** Its resource has more series than are kept. */
  TOO_MANY_SERIES,
  /** The rule has more edges, or more alerts that may be steps, than are kept. */
  TOO_MANY_RELATIONS,
  /** Shortly after a start, before what came meanwhile has been read. */
  SETTLING;

  /** As counters name it. */
  public String tag() {
    return name().toLowerCase(Locale.ROOT);
  }
}
