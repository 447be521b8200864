package io.tocsin.alerting.rule;

/** What a rule listens to. */
public enum SignalKind {
  /** Health of an endpoint, from probes. */
  HEALTH,
  /** A shortage of a resource, from its windows. */
  BOTTLENECK
}
