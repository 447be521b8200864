package io.tocsin.bench.alerts;

/** The two ways from what is measured to a page. */
enum Way {
  /** A probe that fails: judged as it comes. */
  HEALTH,
  /** A sample: judged when it is in a window. */
  CPU
}
