package io.tocsin.collectors.vm;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * When each domain began its present run. Libvirt does not tell. It gives every run a new id, and
 * the counters of a new run begin anew: a domain whose id has changed or whose CPU time has gone
 * down was started since the last pass. The start of a run that was under way when the domain was
 * first seen stays unknown. A guest that reboots by itself keeps its run, and its counters go on.
 */
final class Runs {

  private record Run(int id, long cpuTime, Instant since) {}

  private final Map<String, Run> runs = new HashMap<>();

  /**
   * Start of the present run, late by one interval at most; null where it is not known.
   *
   * @param now when the figures were read
   */
  Instant since(DomainStats stats, Instant now) {
    Run before = runs.get(stats.uuid());
    long cpuTime = stats.fields().get("cpu.time") instanceof Long time ? time : -1;
    boolean anew =
        before != null && (before.id() != stats.id() || cpuTime >= 0 && cpuTime < before.cpuTime());
    Instant since = anew ? now : before == null ? null : before.since();
    long latest = cpuTime < 0 && before != null && !anew ? before.cpuTime() : cpuTime;
    runs.put(stats.uuid(), new Run(stats.id(), latest, since));
    return stats.active() ? since : null;
  }

  /** Forgets all others. */
  void keep(Set<String> uuids) {
    runs.keySet().retainAll(uuids);
  }
}
