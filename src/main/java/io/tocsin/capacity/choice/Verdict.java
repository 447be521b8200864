package io.tocsin.capacity.choice;

/** Where a workload belongs. */
public enum Verdict {
  VM,
  CONTAINER,
  /** In containers, and those in VMs. */
  HYBRID,
  /** Nobody should decide on what is known. */
  INSUFFICIENT_DATA
}
