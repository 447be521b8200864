package io.tocsin.alerting.healing.execute;

/** What may be the matter with an executor's other side. */
public enum Trouble {
  /** Nobody is there. */
  AWAY,
  /** It takes what it is told and never answers. */
  HANGING,
  /** It answers with what is no answer. */
  NONSENSE
}
