package io.tocsin.delivery.signal;

/** What can say that a version does not do well. */
public enum Signal {
  /** An instance does not answer, or says that it is not ready. */
  READINESS,
  /** An instance runs another version than it should. */
  VERSION,
  /** An instance has started again by itself. */
  RESTART,
  /** An instance counts errors of its own, beats that did not come among them. */
  ERRORS,
  /** Records wait, and more and more of them. */
  LAG,
  /** Records cannot be used. */
  DEAD_LETTERS,
  /** Records are left out. */
  REFUSALS,
  /** An incident about Tocsin itself has opened. */
  INCIDENTS,
  /** The API does not say how the pipeline is. */
  PIPELINE
}
