package io.tocsin.collectors.container;

import io.tocsin.collectors.CollectorException;
import java.nio.file.Path;
import java.time.Instant;

/** When a process started, from the kernel: ticks since boot, and when the machine booted. */
final class StartTime {

  /** USER_HZ, which is 100 on all Linux architectures in use. */
  private static final long MILLIS_PER_TICK = 10;

  private final Path proc;
  private Instant bootedAt;

  StartTime(Path proc) {
    this.proc = proc;
  }

  /** Null if it has ended or its file makes no sense. */
  Instant of(long process, KernelText text) throws GoneException {
    try {
      Instant boot = bootedAt(text);
      if (boot == null
          || !Tightest.once(proc.resolve(Long.toString(process)).toFile(), "stat").read(text)
          || !text.line()) {
        return null;
      }
      // The process's name is in brackets and may hold anything, brackets and blanks too. The start
      // is the 20th field behind it (proc_pid_stat(5)).
      if (!text.afterLast(')')) {
        return null;
      }
      text.skip(19);
      return boot.plusMillis(text.number(MILLIS_PER_TICK));
    } catch (CollectorException notNeeded) {
      return null;
    }
  }

  /** Read once, because it moves when the clock is set. */
  private Instant bootedAt(KernelText text) throws CollectorException, GoneException {
    if (bootedAt == null && Tightest.once(proc.toFile(), "stat").read(text)) {
      while (bootedAt == null && text.line()) {
        if (text.field() && text.is("btime")) {
          bootedAt = Instant.ofEpochSecond(Math.min(text.number(), Integer.MAX_VALUE * 4L));
        }
      }
    }
    return bootedAt;
  }
}
