package io.tocsin.bench;

/** What is measured. */
public enum Engine {
  /** The broker with a producer, and with a plain copy: the ceiling. */
  RAW,
  /** Our topologies. */
  STREAMS,
  /** Prometheus, where it is installed. */
  PROMETHEUS
}
