package io.tocsin.pipeline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Memory that this process and its children hold, as the kernel counts it. */
public final class ResidentMemory {

  private ResidentMemory() {}

  /**
   * Sum of VmRSS over this process and all its descendants, in bytes. Pages that two processes
   * share count twice. 0 where there is no {@code /proc}.
   */
  public static long bytes() {
    Stream<ProcessHandle> all =
        Stream.concat(Stream.of(ProcessHandle.current()), ProcessHandle.current().descendants());
    return all.mapToLong(process -> of(process.pid())).sum();
  }

  private static long of(long pid) {
    try (Stream<String> lines = Files.lines(Path.of("/proc/" + pid + "/status"))) {
      return lines
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
          .findFirst()
          .orElse(0);
    } catch (IOException gone) {
      return 0; // the process ended meanwhile: it holds nothing
    }
  }
}
