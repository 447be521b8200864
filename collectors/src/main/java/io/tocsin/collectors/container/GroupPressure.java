package io.tocsin.collectors.container;

import io.tocsin.collectors.CollectorException;
import io.tocsin.collectors.Problem.Reason;
import io.tocsin.schemas.PressureSample;
import java.io.File;

/**
 * Pressure stall totals of a control group of version 2 (<a
 * href="https://docs.kernel.org/accounting/psi.html">psi.html</a>).
 */
final class GroupPressure {

  private final KernelFile cpu;
  private final KernelFile memory;
  private final KernelFile io;
  private boolean kept = true;
  private long someUs;
  private Long fullUs;

  GroupPressure(File folder, OpenFiles openFiles) {
    this.cpu = new KernelFile(folder, "cpu.pressure", openFiles);
    this.memory = new KernelFile(folder, "memory.pressure", openFiles);
    this.io = new KernelFile(folder, "io.pressure", openFiles);
  }

  /** Null where the kernel keeps no such figures. */
  PressureSample read(KernelText text) throws CollectorException, GoneException {
    // A kernel without PSI, or one started with psi=0, is no problem and will stay so.
    if (!kept || !(kept = read(cpu, text))) {
      return null;
    }
    PressureSample.Builder pressure = PressureSample.newBuilder().setCpuSomeUs(someUs);
    if (read(memory, text)) {
      pressure.setMemorySomeUs(someUs).setMemoryFullUs(fullUs);
    }
    if (read(io, text)) {
      pressure.setIoSomeUs(someUs).setIoFullUs(fullUs);
    }
    return pressure.build();
  }

  private boolean read(KernelFile file, KernelText text) throws CollectorException, GoneException {
    try {
      if (!file.read(text)) {
        return false;
      }
    } catch (CollectorException refused) {
      if (refused.problem().reason() == Reason.UNREADABLE
          && refused.problem().what().contains("not supported")) {
        return false;
      }
      throw refused;
    }
    boolean some = false;
    fullUs = null;
    while (text.line() && text.field()) {
      if (text.is("some")) {
        someUs = total(text);
        some = true;
      } else if (text.is("full")) {
        fullUs = total(text);
      }
    }
    if (!some) {
      throw text.malformed("the line 'some' is missing");
    }
    return true;
  }

  private static long total(KernelText text) throws CollectorException {
    while (text.field()) {
      if (text.startsWith("total=")) {
        return text.numberAfter("total=");
      }
    }
    throw text.malformed("'total=' is missing");
  }

  void close() {
    cpu.close();
    memory.close();
    io.close();
  }
}
