package io.tocsin.collectors.health;

import io.tocsin.collectors.Problem;
import java.io.File;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Runs a program, waits for its exit code, and shows the first of what it said. */
final class ExecAttempt implements Attempt {

  private static final String DEFAULT_PATH =
      "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
  private static final long LOOK_EVERY_MS = 20;

  private final Target.Exec target;
  private final LongSupplier nanos;
  private OutputFile output;

  ExecAttempt(Target.Exec target, LongSupplier nanos) {
    this.target = target;
    this.nanos = nanos;
  }

  @Override
  public Verdict make(Duration patience) throws InterruptedException {
    long until = nanos.getAsLong() + patience.toNanos();
    try {
      prepareOutput();
      return run(patience, until);
    } catch (ClosedByInterruptException interrupted) {
      throw new InterruptedException();
    } catch (IOException cannot) {
      return Verdict.unknown(
          new Problem(
              Problem.Reason.REFUSED,
              target.argv().get(0),
              "no temporary file for its output: " + Failure.said(cannot)));
    }
  }

  private Verdict run(Duration patience, long until) throws InterruptedException, IOException {
    Process process;
    try {
      process = command().start();
    } catch (IOException cannot) {
      return cannotStart(cannot);
    }
    try {
      if (!ends(process, until)) {
        return Verdict.down(
            "did not end within %d ms and was killed%s".formatted(patience.toMillis(), said()));
      }
      return verdict(process.exitValue());
    } finally {
      ProcessTree.kill(process);
    }
  }

  private synchronized void prepareOutput() throws IOException {
    if (output == null || !output.isThere()) {
      close();
      output = OutputFile.create();
    }
    output.clear();
  }

  private ProcessBuilder command() {
    ProcessBuilder command =
        new ProcessBuilder(target.argv())
            .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(output.path().toFile()));
    if (target.workingDirectory() != null) {
      command.directory(target.workingDirectory().toFile());
    }
    Map<String, String> ours = System.getenv();
    Map<String, String> environment = command.environment();
    environment.clear();
    environment.put("PATH", ours.getOrDefault("PATH", DEFAULT_PATH));
    environment.put("HOME", ours.getOrDefault("HOME", "/"));
    environment.put("LANG", ours.getOrDefault("LANG", "C.UTF-8"));
    return command;
  }

  private Verdict cannotStart(IOException cannot) {
    Path directory = target.workingDirectory();
    String program = target.argv().get(0);
    if (directory != null && !Files.isDirectory(directory)) {
      return Verdict.unknown(
          new Problem(
              Problem.Reason.MISSING,
              program,
              "its working-directory " + directory + " is missing"));
    }
    // ENOENT; Java keeps the number in the text only.
    return String.valueOf(cannot.getMessage()).contains("error=2,")
        ? Verdict.unknown(new Problem(Problem.Reason.MISSING, program, "there is no such program"))
        : Verdict.unknown(
            new Problem(
                Problem.Reason.REFUSED,
                program,
                "the program could not be started: " + Failure.said(cannot)));
  }

  private boolean ends(Process process, long until) throws IOException, InterruptedException {
    while (true) {
      long left = TimeUnit.NANOSECONDS.toMillis(until - nanos.getAsLong());
      long nap = Math.max(0, Math.min(left, LOOK_EVERY_MS));
      if (process.waitFor(nap, TimeUnit.MILLISECONDS)) {
        return true;
      }
      if (left <= 0) {
        return false;
      }
      output.keepSmall();
    }
  }

  private Verdict verdict(int exitCode) throws IOException {
    String evidence = "exited with " + exitCode + said();
    if (exitCode == 0) {
      return Verdict.up(evidence);
    }
    return target.unknownExitCodes().contains(exitCode)
        ? Verdict.undecided(evidence)
        : Verdict.wrong(evidence);
  }

  private String said() throws IOException {
    String text = output.first().strip();
    return text.isEmpty() ? "" : ": " + text;
  }

  @Override
  public synchronized void close() {
    try {
      if (output != null) {
        output.close();
      }
    } catch (IOException leftBehind) {
      // A small file in the directory of temporary files.
    }
  }
}
