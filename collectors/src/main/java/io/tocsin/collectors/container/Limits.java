package io.tocsin.collectors.container;

/**
 * What a container may use: its own limits and those of the groups it is in, whichever is tightest.
 * What could not be found out is NaN.
 *
 * @param cores CPU quota in cores; the CPUs it may run on where there is no quota
 * @param memory bytes; the machine's where there is no limit
 * @param memoryLimited whether there is a limit
 * @param swap bytes; 0 where the kernel does not account for it
 * @param tasks processes and threads; infinite without a limit
 */
record Limits(double cores, double memory, boolean memoryLimited, double swap, double tasks) {

  /**
   * Limits as they were read, infinite where there is none and NaN where that is unknown, within
   * what the machine has.
   *
   * @param cpus how many the group may run on; 0 where it does not say
   */
  static Limits within(
      Machine machine, double quota, double cpus, double memory, double swap, double tasks) {
    double allowed = cpus > 0 ? cpus : machine.cores();
    boolean limited = memory < Double.POSITIVE_INFINITY && !(memory >= machine.memory());
    return new Limits(
        quota < Double.POSITIVE_INFINITY && Double.isNaN(allowed)
            ? quota
            : Math.min(quota, allowed),
        limited || Double.isNaN(memory) ? memory : machine.memory(),
        limited,
        Double.isNaN(swap) || Double.isNaN(machine.swap()) ? 0 : Math.min(swap, machine.swap()),
        tasks);
  }

  boolean knowsCores() {
    return !Double.isNaN(cores);
  }

  boolean knowsMemory() {
    return !Double.isNaN(memory);
  }

  long memoryBytes() {
    return (long) memory;
  }

  long swapBytes() {
    return (long) swap;
  }

  /** Null without a limit. */
  Long taskLimit() {
    return tasks < Double.POSITIVE_INFINITY ? (Long) (long) tasks : null;
  }
}
