package io.tocsin.bench;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A part of the pipeline in a process of its own, so that the kernel counts for us what it uses. It
 * says what happens on its standard output, a line each, and ends when its standard input does, so
 * it does not outlive us.
 */
public final class PartProcess implements AutoCloseable {

  private static final Duration STOP_LIMIT = Duration.ofSeconds(20);
  private static final Duration POLL = Duration.ofMillis(200);

  private final String name;
  private final Path errors;
  private final Process process;
  private final BufferedWriter commands;
  private final BlockingQueue<String> said = new LinkedBlockingQueue<>();

  private PartProcess(String name, Path errors, Process process) {
    this.name = name;
    this.errors = errors;
    this.process = process;
    this.commands = process.outputWriter(StandardCharsets.UTF_8);
    // Ours end by themselves when we do; others have to be told.
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroy, "bench-stops-" + name));
    Thread reader = new Thread(this::read, "bench-" + name);
    reader.setDaemon(true);
    reader.start();
  }

  /**
   * Starts a part of this program.
   *
   * @param jvm flags of its Java machine, on top of ours that open packages
   * @param arguments of the command line, from the command on
   */
  static PartProcess java(String name, List<String> jvm, Path logs, List<String> arguments) {
    List<String> argv = new ArrayList<>();
    argv.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ownFlags().forEach(argv::add);
    argv.addAll(jvm);
    argv.addAll(List.of("-cp", System.getProperty("java.class.path")));
    argv.add("io.tocsin.cli.Main");
    argv.addAll(arguments);
    return start(name, argv, logs);
  }

  /** What this program needs to be let do by any Java machine it runs on. */
  private static Stream<String> ownFlags() {
    return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(
            flag ->
                flag.startsWith("--add-")
                    || flag.startsWith("--enable-native-access")
                    || flag.startsWith("--sun-misc-unsafe-memory-access")
                    || flag.startsWith("-Dorg.apache.avro."));
  }

  /** Starts a program; what it writes to standard error goes to a file. */
  public static PartProcess start(String name, List<String> argv, Path logs) {
    File errors = logs.resolve(name + ".err").toFile();
    try {
      return new PartProcess(
          name,
          errors.toPath(),
          new ProcessBuilder(argv).redirectError(ProcessBuilder.Redirect.appendTo(errors)).start());
    } catch (IOException notStarted) {
      throw new BenchFailure(name + " cannot be started: " + notStarted.getMessage(), notStarted);
    }
  }

  private void read() {
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      lines.lines().forEach(said::add);
    } catch (IOException | UncheckedIOException gone) {
      // It ended: whoever waits for a line finds that out.
    }
  }

  /**
   * Waits for a line that begins with a word, and leaves out those before it.
   *
   * @return what follows the word
   * @throws BenchFailure if the process ends first, or it takes too long
   */
  public String await(String word, Duration limit) throws InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    while (System.nanoTime() < deadline) {
      String line = said.poll(POLL.toMillis(), TimeUnit.MILLISECONDS);
      if (line != null && line.startsWith(word + " ")) {
        return line.substring(word.length() + 1);
      }
      if (line == null && !process.isAlive()) {
        throw new BenchFailure(
            name + " ended with status " + process.exitValue() + "; see " + errors);
      }
    }
    throw new BenchFailure(
        name + " did not say \"" + word + "\" within " + limit.toSeconds() + " s");
  }

  /** Tells it something. */
  public void tell(String command) {
    try {
      commands.write(command);
      commands.newLine();
      commands.flush();
    } catch (IOException gone) {
      throw new BenchFailure(name + " takes no more commands; see " + errors, gone);
    }
  }

  /** Its process id. */
  long pid() {
    return process.pid();
  }

  /** What it has used so far. */
  public ProcessUsage usage() {
    try {
      return ProcessUsage.of(process.pid());
    } catch (IOException gone) {
      throw new BenchFailure(name + " has ended; see " + errors, gone);
    }
  }

  @Override
  public void close() {
    try {
      commands.close();
    } catch (IOException gone) {
      // It has ended already, which is what is wanted.
    }
    try {
      if (!process.waitFor(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException hurry) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  /** Asks a program that does not look at its input to end. */
  public void terminate() {
    process.destroy();
    close();
  }
}
