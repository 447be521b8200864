package io.tocsin.delivery;

import io.tocsin.alerting.healing.execute.PlainText;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Starts the operator's commands as processes, without a shell. What they print is appended to a
 * file beside the journal; its end is told when one fails. They find target and version in {@code
 * TOCSIN_TARGET} and {@code TOCSIN_VERSION}, too.
 */
public final class CommandGround implements Ground {

  private static final int TOLD = 400;

  private final Path directory;
  private final Path output;

  /**
   * Commands of a plan.
   *
   * @param plan where they run, and where their output goes
   */
  public CommandGround(RolloutPlan plan) {
    this.directory = plan.directory();
    this.output = plan.state().resolve("commands.log");
  }

  /** The words of a command for a target. */
  static List<String> words(RolloutPlan.Command command, String target, String version) {
    return command.run().stream()
        .map(word -> word.replace(RolloutPlan.TARGET, target).replace(RolloutPlan.VERSION, version))
        .toList();
  }

  @Override
  public Optional<String> put(RolloutPlan.Command command, String target, String version)
      throws InterruptedException {
    List<String> words = words(command, target, version);
    Process process = null;
    try {
      long before = Files.exists(output) ? Files.size(output) : 0;
      process = builder(words, target, version).start();
      if (!process.waitFor(command.within().toMillis(), TimeUnit.MILLISECONDS)) {
        end(process);
        return Optional.of(
            "%s was ended after %d s".formatted(words.get(0), command.within().toSeconds()));
      }
      int status = process.exitValue();
      return status == 0
          ? Optional.empty()
          : Optional.of(
              "%s ended with status %d: %s".formatted(words.get(0), status, printed(before)));
    } catch (IOException cannot) {
      return Optional.of(words.get(0) + " cannot be started: " + cannot.getMessage());
    } catch (InterruptedException stopping) {
      end(process);
      throw stopping;
    }
  }

  private ProcessBuilder builder(List<String> words, String target, String version) {
    ProcessBuilder builder =
        new ProcessBuilder(words)
            .directory(directory.toFile())
            .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()));
    builder.environment().put("TOCSIN_TARGET", target);
    builder.environment().put("TOCSIN_VERSION", version);
    return builder;
  }

  private String printed(long from) throws IOException {
    byte[] all = Files.readAllBytes(output);
    int begin = (int) Math.max(Math.min(from, all.length), all.length - 4L * TOLD);
    String text = new String(all, begin, all.length - begin, StandardCharsets.UTF_8);
    return text.isBlank() ? "it printed nothing" : PlainText.tail(text, TOLD);
  }

  private static void end(Process process) {
    if (process != null) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }
}
