package io.tocsin.collectors.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A program that reads the machine, and what it costs. */
abstract class RivalProcess implements AutoCloseable {

  private static final int MICROS_PER_TICK = 10_000;

  private final String name;
  private final List<Double> microsPerPass = new ArrayList<>();
  protected final Process process;
  private long nanosAtBegin;
  private long ticksAtFirst = -1;
  private long ticks;
  private int passes;

  RivalProcess(String name, Process process) {
    this.name = name;
    this.process = process;
  }

  String name() {
    return name;
  }

  /** Makes it read once, unless it does so by itself. */
  abstract void pass() throws Exception;

  /** How many figures a pass gives. */
  abstract int values() throws Exception;

  /** What a pass took its thread since this was last asked; NaN where the program cannot say. */
  double microsOfThread() throws Exception {
    return Double.NaN;
  }

  void begin() throws IOException {
    nanosAtBegin = nanos();
    ticksAtFirst = ticksAtFirst < 0 ? ticks() : ticksAtFirst;
  }

  void end(int passesOfRound) throws IOException {
    microsPerPass.add((nanos() - nanosAtBegin) / 1e3 / passesOfRound);
    ticks = ticks() - ticksAtFirst;
    passes += passesOfRound;
  }

  double mean() {
    return microsPerPass.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
  }

  double meanByStat() {
    return 1.0 * ticks * MICROS_PER_TICK / passes;
  }

  /** Standard deviation of the rounds. */
  double spread() {
    double mean = mean();
    return Math.sqrt(
        microsPerPass.stream().mapToDouble(us -> (us - mean) * (us - mean)).sum()
            / Math.max(1, microsPerPass.size() - 1));
  }

  double residentMegabytes() throws IOException {
    for (String line : Files.readAllLines(proc("status"))) {
      if (line.startsWith("VmRSS:")) {
        return Long.parseLong(line.replaceAll("\\D", "")) / 1024.0;
      }
    }
    return Double.NaN;
  }

  private long nanos() throws IOException {
    long sum = 0;
    try (Stream<Path> tasks = Files.list(proc("task"))) {
      for (Path task : tasks.toList()) {
        try {
          sum += Long.parseLong(Files.readString(task.resolve("schedstat")).split(" ")[0]);
        } catch (IOException ended) {
          // A thread that has ended meanwhile is in the other column.
        }
      }
    }
    return sum;
  }

  private long ticks() throws IOException {
    String stat = Files.readString(proc("stat"));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    return Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
  }

  private Path proc(String file) {
    return Path.of("/proc", Long.toString(process.pid()), file);
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().completeOnTimeout(null, 5, TimeUnit.SECONDS).join();
    process.destroyForcibly();
  }
}
