package io.tocsin.streams.window;

/** Why a sample did not count. */
public enum Refusal {
  /**
   * Its time is behind the grace, so its windows are final; also a repeat of a sample that is no
   * longer remembered.
   */
  LATE,
  /** Agent, boot id and sequence of a sample that is still remembered. */
  DUPLICATE,
  /** More samples of one resource within the grace than may wait for it. */
  FLOOD
}
