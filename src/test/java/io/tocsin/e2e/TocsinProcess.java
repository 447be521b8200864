package io.tocsin.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * The program as a user runs it: a process of its own, with the flags that the launcher gives it.
 */
public final class TocsinProcess implements AutoCloseable {

  private static final Path MODULE = Path.of("").toAbsolutePath();

  private final Process process;
  private final Path output;

  private TocsinProcess(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  /** Starts {@code tocsin} with arguments; what it prints goes to files in a directory. */
  public static TocsinProcess start(Path directory, String... arguments) throws IOException {
    String all = MODULE.resolve("target/classes") + ":" + MODULE.resolve("target/lib") + "/*";
    return start(directory, "jvm.options", all, arguments);
  }

  /** The same of another build of it, perhaps of another version. */
  static TocsinProcess startOf(Path home, Path directory, String... arguments) throws IOException {
    Path module = home.toAbsolutePath().resolve("src");
    String all = module.resolve("target/classes") + ":" + module.resolve("target/lib") + "/*";
    return start(module, directory, "jvm.options", all, arguments);
  }

  /** Where this build is, as {@link #startOf} wants it. */
  static Path thisHome() {
    return MODULE.getParent();
  }

  /** The same with the small heap and the class path without engines that agents have. */
  public static TocsinProcess startAgent(Path directory, String... arguments) throws IOException {
    return start(directory, "agent.options", MODULE.resolve("target/agent").toString(), arguments);
  }

  private static TocsinProcess start(
      Path directory, String options, String classPath, String... arguments) throws IOException {
    return start(MODULE, directory, options, classPath, arguments);
  }

  private static TocsinProcess start(
      Path module, Path directory, String options, String classPath, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>(withHangups());
    command.add(ProcessHandle.current().info().command().orElseThrow());
    command.add("@" + module.resolve("main").resolve(options));
    command.add("-Dtocsin.home=" + module.getParent());
    command.add("-cp");
    command.add(classPath);
    command.add("io.tocsin.cli.Main");
    command.addAll(List.of(arguments));
    Path output = Files.createTempFile(directory, "tocsin-", ".out");
    Process process =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectOutput(output.toFile())
            .redirectError(errors(output).toFile())
            .start();
    return new TocsinProcess(process, output);
  }

  /** A build under nohup hands on to its children that SIGHUP is ignored; this undoes it. */
  private static List<String> withHangups() throws IOException {
    try (Stream<String> status = Files.lines(Path.of("/proc/self/status"))) {
      boolean ignored =
          status
              .filter(line -> line.startsWith("SigIgn:"))
              .anyMatch(line -> Long.parseUnsignedLong(line.substring(7).strip(), 16) % 2 != 0);
      return ignored ? List.of("env", "--default-signal=HUP") : List.of();
    }
  }

  private static Path errors(Path output) {
    return output.resolveSibling(output.getFileName() + ".err");
  }

  public String output() {
    return read(output);
  }

  public String errors() {
    return read(errors(output));
  }

  /** What it printed, for the message of an assertion. */
  public String report() {
    return "it printed:\n" + output() + errors();
  }

  private static String read(Path file) {
    try {
      // While it is being written: a character may be there by half.
      return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** This process and all that it has started. */
  List<ProcessHandle> tree() {
    return Stream.concat(Stream.of(process.toHandle()), process.descendants()).toList();
  }

  /**
   * Asks it to end, as Ctrl-C does. By SIGTERM, which the program treats alike, because a build
   * that runs in the background hands on to its children that SIGINT is ignored.
   */
  void stop() {
    process.destroy();
  }

  /** Asks it to read its configuration again. */
  void hangUp() throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-HUP", Long.toString(process.pid())).start().waitFor();
  }

  /** Ends it as a crash would: no hook runs. */
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  public int exitCode(Duration within) throws InterruptedException {
    if (!process.waitFor(within.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new AssertionError("still running after " + within + "; it printed:\n" + output());
    }
    return process.exitValue();
  }

  @Override
  public void close() {
    List<ProcessHandle> all = tree();
    process.destroy();
    try {
      if (!process.waitFor(15, TimeUnit.SECONDS)) {
        all.forEach(ProcessHandle::destroyForcibly);
      }
      // What it has started writes into the directory, which is removed next.
      for (ProcessHandle each : all) {
        awaitEnd(each);
      }
    } catch (InterruptedException hurry) {
      all.forEach(ProcessHandle::destroyForcibly);
      Thread.currentThread().interrupt();
    }
  }

  private static void awaitEnd(ProcessHandle process) throws InterruptedException {
    try {
      process.onExit().get(15, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException stays) {
      process.destroyForcibly();
    }
  }
}
