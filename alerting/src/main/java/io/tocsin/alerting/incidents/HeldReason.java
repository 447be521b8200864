package io.tocsin.alerting.incidents;

import java.util.Locale;

/** Why an input changed nothing. Counted under {@link #tag()}, so nothing disappears silently. */
public enum HeldReason {
  /** The rule only runs to be compared. */
  SHADOW,
  /** Bad, but not yet for as long as the rule asks. */
  PENDING,
  /** Older than what is known of the same alert. */
  OUT_OF_ORDER,
  /** Said already. */
  REPEATED,
  /** It cleared before it had opened or joined anything. */
  CLEARED_BEFORE_FIRING,
  /** Unknown health opens nothing and resolves nothing. */
  UNKNOWN_OPENS_NOTHING,
  /** A person resolved the incident; what still fires of this episode is noted. */
  RESOLVED_BY_HAND,
  /** All alerts have cleared, but the outcome of a heal is awaited first. */
  HEAL_IN_FLIGHT,
  /** People hear of it only if healing does not help. */
  HEALING_FIRST,
  /** No heal attempt while planned work goes on. */
  HEAL_DURING_MAINTENANCE,
  /** A heal result of an attempt that a newer one has replaced, or a step told twice. */
  OLD_HEAL_RESULT,
  /** A heal result that was read before its plan was made; it waits. */
  AHEAD_OF_ITS_PLAN,
  /** The same, but too many of them wait. */
  TOO_MANY_AHEAD_OF_THEIR_PLAN,
  /** A heal result or an alert of an incident that is over, and that it does not open again. */
  INCIDENT_IS_OVER,
  /** A command that has been carried out already. */
  REPEATED_COMMAND,
  /** A command that was read before its incident was opened, just after a start; it waits. */
  AHEAD_OF_ITS_INCIDENT;

  /** Value of the {@code reason} tag of the metric. */
  public String tag() {
    return name().toLowerCase(Locale.ROOT);
  }
}
