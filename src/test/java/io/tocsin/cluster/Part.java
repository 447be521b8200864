package io.tocsin.cluster;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One process on one host, which is started, killed, paused, and started again. */
final class Part implements AutoCloseable {

  private final String name;
  private final Host host;
  private final Path directory;
  private final List<String> command;
  private Process process;
  private int starts;
  private volatile boolean held;

  /**
   * A part that has not been started.
   *
   * @param directory where it works, and what it prints goes to
   */
  Part(String name, Host host, Path directory, List<String> command) {
    this.name = name;
    this.host = host;
    this.directory = directory;
    this.command = command;
  }

  String name() {
    return name;
  }

  Host host() {
    return host;
  }

  Path directory() {
    return directory;
  }

  synchronized void start() throws IOException {
    Files.createDirectories(directory);
    starts++;
    process =
        new ProcessBuilder(host.command(command))
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output().toFile())
            .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
            .start();
  }

  /** What it has printed since it was last started. */
  synchronized String printed() {
    if (starts == 0) {
      return "";
    }
    try {
      return Files.readString(output());
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  private Path output() {
    return directory.resolve(name + "-" + starts + ".out");
  }

  synchronized boolean isAlive() {
    return process != null && process.isAlive();
  }

  /** Whether nobody is to start it again for now. */
  boolean isHeld() {
    return held;
  }

  /** Says whether its supervisor leaves it alone, as that of a machine that is gone does. */
  void hold(boolean leftAlone) {
    held = leftAlone;
  }

  /** Whether it has been started, and has ended. */
  synchronized boolean hasEnded() {
    return process != null && !process.isAlive();
  }

  /** Ends it as a crash would. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** It stands still, as in a long pause of its machine. */
  void pause() throws IOException, InterruptedException {
    signal("STOP");
  }

  /** It goes on as if nothing had been. */
  void resume() throws IOException, InterruptedException {
    signal("CONT");
  }

  /** Asks it to read its configuration again. */
  void hangUp() throws IOException, InterruptedException {
    signal("HUP");
  }

  private void signal(String which) throws IOException, InterruptedException {
    Shell.run("kill", "-" + which, Long.toString(process.pid()));
  }

  /** Asks it to end, and waits; its exit code. */
  int stop(Duration within) throws InterruptedException {
    process.destroy();
    if (!process.waitFor(within.toMillis(), TimeUnit.MILLISECONDS)) {
      process.destroyForcibly().waitFor();
    }
    return process.exitValue();
  }

  @Override
  public synchronized void close() {
    if (process != null) {
      process.destroyForcibly();
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
