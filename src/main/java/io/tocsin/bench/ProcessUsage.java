package io.tocsin.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What a process has used since it started, by Linux' {@code /proc} (proc(5)).
 *
 * @param cpuSeconds time on a CPU, of all its threads, in user and kernel mode
 * @param peakBytes the most memory that was resident
 */
public record ProcessUsage(double cpuSeconds, long peakBytes) {

  /** Linux reports to programs in ticks of 10 ms on every platform we know (USER_HZ). */
  private static final double TICKS_PER_SECOND = 100;

  /** Fields of {@code stat}, counted after the command: utime is the 14th of all. */
  private static final int UTIME = 11;

  private static final int STIME = 12;

  /**
   * Usage of a process that runs.
   *
   * @throws IOException if it does not, or there is no {@code /proc}
   */
  public static ProcessUsage of(long pid) throws IOException {
    Path process = Path.of("/proc", Long.toString(pid));
    return new ProcessUsage(
        cpuSeconds(Files.readString(process.resolve("stat"))),
        peakBytes(Files.readAllLines(process.resolve("status"))));
  }

  /** The CPU time in a {@code stat} line; the command in it may hold blanks and brackets. */
  static double cpuSeconds(String stat) {
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).strip().split(" ");
    return (Long.parseLong(fields[UTIME]) + Long.parseLong(fields[STIME])) / TICKS_PER_SECOND;
  }

  /** VmHWM of a {@code status} file; 0 if it has none, as that of a process that has ended. */
  static long peakBytes(List<String> status) {
    return status.stream()
        .filter(line -> line.startsWith("VmHWM:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
        .findFirst()
        .orElse(0);
  }
}
