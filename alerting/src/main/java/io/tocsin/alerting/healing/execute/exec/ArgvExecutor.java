package io.tocsin.alerting.healing.execute.exec;

import io.tocsin.alerting.healing.execute.ActionExecutor;
import io.tocsin.alerting.healing.execute.ActionOutcome;
import io.tocsin.alerting.healing.execute.Order;
import io.tocsin.alerting.healing.execute.PlainText;
import io.tocsin.alerting.healing.execute.Stopwatch;
import io.tocsin.alerting.healing.execute.TargetState;
import io.tocsin.alerting.yaml.Words;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs an action's argv as it is configured: no shell, nothing read from the terminal, and an
 * environment of {@code PATH}, {@code HOME}, {@code LANG}, {@code TOCSIN_ACTION}, {@code
 * TOCSIN_TARGET}, {@code TOCSIN_OBJECT}, {@code TOCSIN_EPOCH} and {@code TOCSIN_INCIDENT} only, so
 * that no credential of ours leaks into a hook.
 *
 * <p>Output is appended to {@code <action>.<target>.log} in a directory of ours. A service that an
 * action leaves behind keeps writing there unless it redirects its output itself.
 */
public final class ArgvExecutor implements ActionExecutor {

  private static final Logger LOG = LoggerFactory.getLogger(ArgvExecutor.class);
  private static final String DEFAULT_PATH =
      "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
  private static final long LOOK_EVERY_MS = 100;
  private static final int OUTPUT_CHARS = 200;

  private final ExecSpec spec;
  private final Path outputDirectory;

  /**
   * An executor that keeps output under a directory, which is made when it is needed.
   *
   * @param outputDirectory must not be writable by others
   */
  public ArgvExecutor(ExecSpec spec, Path outputDirectory) {
    this.spec = spec;
    this.outputDirectory = outputDirectory;
  }

  @Override
  public TargetState look(Order order) {
    String program = PlainText.head(spec.argv().get(0), OUTPUT_CHARS);
    return TargetState.of("not looked at: " + program + " alone knows its target");
  }

  @Override
  public ActionOutcome execute(Order order) throws InterruptedException {
    Stopwatch watch = Stopwatch.start();
    try {
      spec.checkObject(order.object());
    } catch (IllegalArgumentException hostile) {
      return watch.failed(hostile.getMessage());
    }
    Process process;
    OutputFile output;
    try {
      // Both parts come from the configuration, whose patterns rule out "/" and a leading dot.
      output =
          OutputFile.open(
              outputDirectory, order.action() + "." + order.targetId().replace('/', '.') + ".log");
      process = command(order, output.file()).start();
    } catch (IOException cannot) {
      return watch.failed("could not be started: " + cannot.getMessage());
    }
    if (!ends(process, order.timeout(), output)) {
      ProcessTree.end(process);
      return watch.failed(
          "killed after its timeout of " + Words.of(order.timeout()) + said(output));
    }
    int exitCode = process.exitValue();
    return watch.exited(exitCode, "exit code " + exitCode + said(output));
  }

  private ProcessBuilder command(Order order, File output) {
    ProcessBuilder command =
        new ProcessBuilder(spec.argv())
            .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(output));
    if (spec.workingDirectory() != null) {
      command.directory(spec.workingDirectory().toFile());
    }
    Map<String, String> ours = System.getenv();
    Map<String, String> environment = command.environment();
    environment.clear();
    environment.put("PATH", ours.getOrDefault("PATH", DEFAULT_PATH));
    environment.put("HOME", ours.getOrDefault("HOME", "/"));
    environment.put("LANG", ours.getOrDefault("LANG", "C.UTF-8"));
    environment.put("TOCSIN_ACTION", order.action());
    environment.put("TOCSIN_TARGET", order.targetId());
    environment.put("TOCSIN_OBJECT", order.object());
    environment.put("TOCSIN_INCIDENT", order.incidentId());
    environment.put("TOCSIN_EPOCH", Long.toString(order.epoch()));
    return command;
  }

  /** Waits for the process alone, not for those that inherited its output. */
  private static boolean ends(Process process, Duration timeout, OutputFile output)
      throws InterruptedException {
    long began = System.nanoTime();
    while (true) {
      long left = timeout.minusNanos(System.nanoTime() - began).toMillis();
      if (process.waitFor(Math.max(0, Math.min(left, LOOK_EVERY_MS)), TimeUnit.MILLISECONDS)) {
        return true;
      }
      if (left <= 0) {
        return false;
      }
      try {
        output.keepSmall();
      } catch (IOException cannot) {
        LOG.warn("output of an action could not be kept small: {}", cannot.toString());
      }
    }
  }

  private static String said(OutputFile output) {
    try {
      String tail = PlainText.tail(output.tail(), OUTPUT_CHARS);
      return tail.isEmpty() ? "" : "; its output ends: " + tail;
    } catch (IOException cannot) {
      return "; its output could not be read: " + cannot.getMessage();
    }
  }
}
