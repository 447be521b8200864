package io.tocsin.alerting.healing.execute.docker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tocsin.alerting.healing.execute.MemoryStep;
import io.tocsin.alerting.healing.execute.docker.DockerSpec.CpuStep;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a container may use at most, in Docker's own figures; 0 is no limit. Cores are limited
 * either as such or by a quota of a period, and what is in use has to be kept to.
 *
 * @param memory bytes
 * @param memorySwap bytes of memory and swap together; -1 is no limit
 * @param nanoCpus billionths of a core
 * @param cpuQuota microseconds of a period
 * @param cpuPeriod microseconds
 */
record ContainerLimits(long memory, long memorySwap, long nanoCpus, long cpuQuota, long cpuPeriod) {

  /** The kernel's, where Docker says 0. */
  private static final long USUAL_PERIOD = 100_000;

  private static final double NANO = 1e9;

  private static final String[] KEYS = {
    "Memory", "MemorySwap", "NanoCpus", "CpuQuota", "CpuPeriod"
  };

  static ContainerLimits of(JsonNode host) {
    return new ContainerLimits(
        host.path("Memory").asLong(),
        host.path("MemorySwap").asLong(),
        host.path("NanoCpus").asLong(),
        host.path("CpuQuota").asLong(),
        host.path("CpuPeriod").asLong());
  }

  /**
   * Reads back {@link #facts}.
   *
   * @throws IllegalArgumentException if they are not there
   */
  static ContainerLimits of(Map<String, String> facts) {
    long[] values = new long[KEYS.length];
    for (int i = 0; i < KEYS.length; i++) {
      // Also thrown for null.
      values[i] = Long.parseLong(facts.get(KEYS[i]));
    }
    return new ContainerLimits(values[0], values[1], values[2], values[3], values[4]);
  }

  Map<String, String> facts() {
    long[] values = {memory, memorySwap, nanoCpus, cpuQuota, cpuPeriod};
    Map<String, String> facts = new LinkedHashMap<>();
    for (int i = 0; i < KEYS.length; i++) {
      facts.put(KEYS[i], Long.toString(values[i]));
    }
    return facts;
  }

  /** Cores; 0 for no limit. */
  double cpus() {
    return nanoCpus > 0 ? nanoCpus / NANO : Math.max(0, cpuQuota) / (double) period();
  }

  private long period() {
    return cpuPeriod > 0 ? cpuPeriod : USUAL_PERIOD;
  }

  /** One step more memory, swap growing with it; the same where there is no limit to be raised. */
  ContainerLimits more(MemoryStep step) {
    if (step == null || memory <= 0) {
      return this;
    }
    long more = step.after(memory);
    long swap = memorySwap > 0 ? memorySwap + more - memory : memorySwap;
    return new ContainerLimits(more, swap, nanoCpus, cpuQuota, cpuPeriod);
  }

  /** One step more cores; the same where there is no limit to be raised. */
  ContainerLimits more(CpuStep step) {
    double now = cpus();
    if (step == null || now <= 0 || now >= step.most()) {
      return this;
    }
    double more = Math.min(now + step.by(), step.most());
    return nanoCpus > 0
        ? new ContainerLimits(memory, memorySwap, Math.round(more * NANO), cpuQuota, cpuPeriod)
        : new ContainerLimits(memory, memorySwap, nanoCpus, Math.round(more * period()), cpuPeriod);
  }

  /** What Docker is told in order to get from there to here. */
  ObjectNode since(ContainerLimits old) {
    ObjectNode update = JsonNodeFactory.instance.objectNode();
    if (memory != old.memory || memorySwap != old.memorySwap) {
      update.put("Memory", memory).put("MemorySwap", memorySwap);
    }
    if (nanoCpus != old.nanoCpus) {
      update.put("NanoCpus", nanoCpus);
    }
    if (cpuQuota != old.cpuQuota) {
      update.put("CpuQuota", cpuQuota);
    }
    return update;
  }
}
