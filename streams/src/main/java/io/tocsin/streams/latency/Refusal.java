package io.tocsin.streams.latency;

import java.util.Locale;

/** Why a probe or a measurement did not count. */
public enum Refusal {
  /** Its time is behind the grace: its window is final. Also a repeat of one that was settled. */
  LATE,
  /** Agent, boot id and sequence of one that still waits. */
  DUPLICATE,
  /** More of one series within an open window than may wait. */
  FLOOD,
  /** The resource has as many series as it may have. */
  SERIES,
  /** A duration without a unit of time: the mapping rule has to name it. */
  UNIT,
  /** A value of a type that cannot mean what it is said to mean, such as a sum of durations. */
  TYPE,
  /** Numbers that contradict each other, such as more answers than probes. */
  MALFORMED;

  /** As counted: in lower case. */
  public String reason() {
    return name().toLowerCase(Locale.ROOT);
  }
}
