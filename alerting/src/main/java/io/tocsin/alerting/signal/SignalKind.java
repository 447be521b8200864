package io.tocsin.alerting.signal;

import java.util.Locale;

/** What a rule listens to. */
public enum SignalKind {
  /** CPU, memory, I/O and network of a resource, from its windows. */
  EFFICIENCY,
  /** Latency, loss and errors of an endpoint, a path or a service, from its windows. */
  LATENCY,
  /** What went through a resource or a service, from its windows. */
  THROUGHPUT,
  /** A shortage of a resource. */
  BOTTLENECK,
  /** Health of an endpoint, from probes. */
  HEALTH,
  /** A figure of an application. */
  APPLICATION,
  /** A figure of the business. */
  BUSINESS,
  /** A violation of container policy, a security event or what a scan found. */
  SECURITY,
  /** That an expected resource says nothing. */
  ABSENCE;

  /** As rules write it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
