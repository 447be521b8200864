package io.tocsin.capacity.choice;

import java.util.List;
import java.util.Map;

/**
 * The decision matrix: what is not measured, as written down.
 *
 * @param weights of the criteria; only their proportions matter
 * @param scores what VM and container get by each criterion before anything is measured
 * @param margin difference of the totals below which neither is better
 * @param guestGib memory that the operating system in a VM takes for itself
 * @param workloads what people know of them, first match first
 */
public record Matrix(
    Map<Criterion, Double> weights,
    Map<Criterion, Stated> scores,
    double margin,
    double guestGib,
    List<Workload> workloads) {

  /**
   * A stated score.
   *
   * @param vm from 0 to 1
   * @param container from 0 to 1
   * @param why in words
   */
  public record Stated(double vm, double container, String why) {}

  /** What is known of a resource; the default if nothing is. */
  Workload workload(String id, String service) {
    return workloads.stream()
        .filter(workload -> workload.matches(id, service))
        .findFirst()
        .orElse(Workload.UNKNOWN);
  }
}
