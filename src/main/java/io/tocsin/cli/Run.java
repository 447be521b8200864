package io.tocsin.cli;

import io.tocsin.config.Config;
import io.tocsin.embedded.DataDirectory;
import io.tocsin.embedded.DataLock;
import io.tocsin.embedded.DirectoryTree;
import io.tocsin.embedded.ExitCode;
import io.tocsin.embedded.PartFailure;
import io.tocsin.embedded.Preflight;
import io.tocsin.embedded.PreflightFailure;
import io.tocsin.pipeline.Pipeline;
import io.tocsin.pipeline.ResidentMemory;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.LoggerFactory;

/**
 * A pipeline run in the foreground: checked, started with progress on the terminal, and stopped
 * once, whoever asks for it first: the command that is done, a part that died, or the user with
 * Ctrl-C.
 */
final class Run implements AutoCloseable {

  /**
   * The promise is ten seconds to all processes gone; what has not stopped by now is ended hard.
   */
  private static final Duration STOP_LIMIT = Duration.ofMillis(9_000);

  private static final long DISK_IS_FULL_BELOW = 16L << 20;

  private final PrintWriter out;
  private final Progress progress;
  private final DataLock lock;
  private final Pipeline pipeline;
  private final long begunAt = System.nanoTime();
  private final AtomicBoolean stopped = new AtomicBoolean();
  private volatile int exitCodeWhenStopped = 130;

  private Run(PrintWriter out, DataLock lock, Config config) {
    this.out = out;
    this.progress = new Progress(out);
    this.lock = lock;
    this.pipeline = new Pipeline(config, registry(), progress, Clock.systemUTC());
  }

  /**
   * Checks the machine and starts everything.
   *
   * @throws PreflightFailure with all that stands in the way
   * @throws PartFailure if something did not start; everything has been stopped then
   */
  static Run start(Config config, PrintWriter out)
      throws CommandFailure, PreflightFailure, PartFailure, InterruptedException {
    return start(config, out, Pipeline::start);
  }

  /** The same without the stages, to be written into. */
  static Run startEmpty(Config config, PrintWriter out)
      throws CommandFailure, PreflightFailure, PartFailure, InterruptedException {
    return start(config, out, Pipeline::startEmpty);
  }

  /** What of a pipeline is started. */
  private interface Extent {
    void startOf(Pipeline pipeline) throws PartFailure, InterruptedException;
  }

  private static Run start(Config config, PrintWriter out, Extent extent)
      throws CommandFailure, PreflightFailure, PartFailure, InterruptedException {
    check(config);
    DataDirectory data = new DataDirectory(config.dataDir());
    DataLock lock = new Preflight(data, Pipeline.ports(config), config.minFreeDiskBytes()).pass();
    Logging.toFiles(data.logs());
    useOwnTemporaryDirectory(data.temporary());
    out.printf("starting; data in %s%n", data.root());
    out.flush();
    Run run = new Run(out, lock, config);
    Runtime.getRuntime().addShutdownHook(new Thread(run::stopForSignal, "tocsin-stop"));
    try {
      extent.startOf(run.pipeline);
    } catch (PartFailure | InterruptedException failed) {
      run.close();
      throw failed;
    }
    return run;
  }

  /**
   * Engines unpack native libraries, some 25 MB at each start, and only an orderly exit removes
   * them. In a directory of our own the next start does. Has to come before the first engine's
   * class.
   */
  private static void useOwnTemporaryDirectory(Path directory) throws CommandFailure {
    try {
      DirectoryTree.delete(directory);
      Files.createDirectories(directory);
      System.setProperty("java.io.tmpdir", directory.toString());
    } catch (IOException unusable) {
      throw new CommandFailure(
          ExitCode.DATA_DIRECTORY_UNUSABLE.status(),
          directory + " cannot be emptied: " + unusable.getMessage(),
          unusable);
    }
  }

  /**
   * Asks the stages whether they can use a configuration; starts nothing.
   *
   * @throws CommandFailure in the words of the stage that cannot
   */
  static void check(Config config) throws CommandFailure {
    try {
      Pipeline.check(config, Clock.systemUTC());
    } catch (IllegalArgumentException refused) {
      throw new CommandFailure(
          CommandFailure.BAD_CONFIGURATION, "configuration: " + refused.getMessage(), refused);
    }
  }

  Pipeline pipeline() {
    return pipeline;
  }

  Progress progress() {
    return progress;
  }

  /** Time since the checks were passed. */
  Duration age() {
    return Duration.ofNanos(System.nanoTime() - begunAt);
  }

  void printReady() {
    out.printf(
        Locale.ROOT,
        "ready in %.1f s, %s in memory%n",
        age().toMillis() / 1_000.0,
        Terminal.megabytes(ResidentMemory.bytes()));
    out.flush();
  }

  /** The registry's distribution, as the build has unpacked it. */
  private static Path registry() {
    return Path.of(System.getProperty("tocsin.home", "."), "src", "target", "registry");
  }

  /** Ctrl-C, or whoever else ends the process, has asked for a stop: that is no failure. */
  private void stopForSignal() {
    if (stop()) {
      Runtime.getRuntime().halt(exitCodeWhenStopped);
    }
  }

  /** A full disk is what most often stops a part that has run: said in words, if that is so. */
  Optional<String> diskTrouble() {
    Path root = pipeline.data().root();
    long free = root.toFile().getUsableSpace();
    return free >= DISK_IS_FULL_BELOW
        ? Optional.empty()
        : Optional.of(
            String.format(
                "%nthe disk is full: %s has %s left; free some space and start again, what was"
                    + " acknowledged is kept",
                root, Terminal.megabytes(free)));
  }

  /**
   * What the process ends with when the user stops it; as of a signal unless that is what was
   * asked.
   */
  void exitCodeWhenStopped(int code) {
    exitCodeWhenStopped = code;
  }

  /** Whether a stop is under way or done; parts that end then end because they were told to. */
  boolean stopping() {
    return stopped.get();
  }

  @Override
  public void close() {
    stop();
  }

  /** Stops everything; false if that was done, or is being done, already. */
  private boolean stop() {
    if (!stopped.compareAndSet(false, true)) {
      return false;
    }
    long begun = System.nanoTime();
    CountDownLatch done = new CountDownLatch(1);
    Thread limit = new Thread(() -> endHardUnless(done), "tocsin-stop-limit");
    limit.setDaemon(true);
    limit.start();
    pipeline.close();
    try {
      lock.close();
    } catch (IOException gone) {
      LoggerFactory.getLogger(Run.class).warn("the lock was gone", gone);
    }
    done.countDown();
    out.printf(Locale.ROOT, "%nstopped in %.1f s%n", (System.nanoTime() - begun) / 1e9);
    out.flush();
    return true;
  }

  private static void endHardUnless(CountDownLatch done) {
    try {
      if (!done.await(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
        LoggerFactory.getLogger(Run.class).error("not stopped within {}: ending", STOP_LIMIT);
        Runtime.getRuntime().halt(1);
      }
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }
}
