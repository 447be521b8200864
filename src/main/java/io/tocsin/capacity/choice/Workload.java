package io.tocsin.capacity.choice;

import io.tocsin.alerting.glob.Glob;

/**
 * What people know of workloads and no measurement shows.
 *
 * @param resource glob of resource ids or service names
 * @param needsStrongIsolation it shares its hardware with nobody it does not trust
 * @param needsOwnKernel it needs another kernel than the hosts have, or modules of its own
 * @param isStateful it keeps data
 * @param isCritical the system is unavailable without it
 * @param staffKnowsContainers those who run it have run containers before
 */
public record Workload(
    String resource,
    boolean needsStrongIsolation,
    boolean needsOwnKernel,
    boolean isStateful,
    boolean isCritical,
    boolean staffKnowsContainers) {

  /** Nothing is known: it is taken to keep data, because nobody has said that it does not. */
  static final Workload UNKNOWN = new Workload("*", false, false, true, false, false);

  boolean matches(String id, String service) {
    Glob glob = new Glob(resource);
    return glob.matches(id) || glob.matches(service);
  }
}
