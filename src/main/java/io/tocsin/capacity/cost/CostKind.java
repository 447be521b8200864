package io.tocsin.capacity.cost;

import java.util.Locale;

/** What money goes to. */
public enum CostKind {
  /** Servers, disks, network: price over lifetime. */
  HARDWARE,
  /** Hypervisor, operating system, support. */
  LICENCE,
  /** People. */
  OPERATIONS,
  /** Electricity, with what cooling takes. */
  POWER,
  /** What is rented. */
  CLOUD,
  /** What runs beside the workload: control plane, registry, management. */
  PLATFORM;

  /** As in the price book. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
