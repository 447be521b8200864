package io.tocsin.collectors.container;

import io.tocsin.collectors.CollectorException;
import java.nio.file.Path;

/**
 * What there is without any limit; NaN where that could not be found out.
 *
 * @param cores CPUs online
 * @param memory physical memory in bytes
 * @param swap swap space in bytes
 */
record Machine(double cores, double memory, double swap) {

  private static final long KIB = 1024;

  /** Reads it from procfs and sysfs. */
  static Machine read(Path proc, Path sys, KernelText text, Troubles troubles) {
    double cores = Double.NaN;
    double memory = Double.NaN;
    double swap = Double.NaN;
    try {
      KernelFile online = Tightest.once(sys.resolve("devices/system/cpu").toFile(), "online");
      cores = Tightest.cpus(online.must(text));
    } catch (CollectorException failure) {
      troubles.add(failure);
    } catch (GoneException cannotBe) {
      // Only a file that was kept open can be gone.
    }
    try {
      Tightest.once(proc.toFile(), "meminfo").must(text);
      while (text.line()) {
        text.field();
        if (text.is("MemTotal:")) {
          memory = text.number(KIB);
        } else if (text.is("SwapTotal:")) {
          swap = text.number(KIB);
        }
      }
    } catch (CollectorException failure) {
      troubles.add(failure);
    } catch (GoneException cannotBe) {
      // As above.
    }
    return new Machine(cores > 0 ? cores : Double.NaN, memory > 0 ? memory : Double.NaN, swap);
  }
}
