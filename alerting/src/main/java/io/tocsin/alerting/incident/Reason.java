package io.tocsin.alerting.incident;

import java.util.Locale;

/** Why an input changed nothing. Counted under {@link #tag()}, so nothing disappears silently. */
public enum Reason {
  /** Its event time is before that of a signal already seen. */
  OUT_OF_ORDER,
  /** Its event time has been seen already, and it is no worse. */
  REPEATED,
  /** A bad signal from before the moment at which a heal was verified. */
  BEFORE_HEAL_ENDED,
  /** Bad, but not yet for as long as the rule asks. */
  PENDING,
  /** Good again before the rule's wait was over: no incident. */
  RECOVERED_WHILE_PENDING,
  /** Good, but not yet for as long as the rule asks. */
  CLEARING,
  /** Good, but the outcome of a heal is awaited first. */
  HEAL_IN_FLIGHT,
  /** Unknown health resolves nothing and opens nothing. */
  UNKNOWN_HEALTH,
  /** A heal result of an attempt that a newer one has replaced, or a step told twice. */
  OLD_HEAL_RESULT,
  /** A heal result of an incident that is resolved. */
  INCIDENT_RESOLVED;

  /** Value of the {@code reason} tag of the metric. */
  public String tag() {
    return name().toLowerCase(Locale.ROOT);
  }
}
