package io.tocsin.demo;

import io.tocsin.embedded.Ports;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The demonstration's service from outside: an operating-system process that is started, and
 * restarted, by a hook as owners of services write them, {@code deploy/demo/shop}.
 */
public final class Shop implements AutoCloseable {

  private static final long HOOK_SECONDS = 20;

  private final Path hook;
  private final Path directory;
  private final int port;

  /**
   * A shop that is not started yet.
   *
   * @param home where Tocsin is installed
   * @param directory for its pid file and log
   */
  public Shop(Path home, Path directory) throws IOException {
    this.hook = home.resolve("deploy/demo/shop");
    this.directory = Files.createDirectories(directory);
    this.port = Ports.free(1).get(0);
  }

  /** Where its health is asked for. */
  public String healthUrl() {
    return "http://127.0.0.1:" + port + "/health";
  }

  /** Program and arguments that restart it; what an operator would configure. */
  public List<String> restartArgv() throws IOException {
    return argv("restart");
  }

  private List<String> argv(String command) throws IOException {
    ProcessHandle self = ProcessHandle.current();
    String java =
        self.info()
            .command()
            .orElseThrow(() -> new IOException("the path of this Java is not known"));
    return List.of(
        hook.toString(),
        command,
        java,
        classPath(),
        directory.toString(),
        Integer.toString(port),
        Long.toString(self.pid()));
  }

  /** Where its own class is: it needs no other. */
  private static String classPath() throws IOException {
    try {
      var source = ShopService.class.getProtectionDomain().getCodeSource();
      return Path.of(source.getLocation().toURI()).toString();
    } catch (URISyntaxException broken) {
      throw new IOException("the place of this program is not known", broken);
    }
  }

  /**
   * Starts it.
   *
   * @throws IOException if it does not listen in time; the message says where its log is
   */
  public void start() throws IOException, InterruptedException {
    run("restart");
  }

  private void run(String command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(argv(command))
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("hook.log").toFile())
            .start();
    if (!process.waitFor(HOOK_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
      process.destroyForcibly();
      throw new IOException(
          "the demo service did not " + command + "; see " + directory + "/*.log");
    }
  }

  /** Its process id as it wrote it down itself; empty while it is not running. */
  public Optional<Long> pid() throws IOException {
    Path file = directory.resolve("shop.pid");
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    String text = Files.readString(file).strip();
    return text.isEmpty() ? Optional.empty() : Optional.of(Long.parseLong(text));
  }

  /**
   * Kills it with SIGKILL, as a crash would.
   *
   * @return the id of the process that is gone
   */
  public long kill() throws IOException {
    long pid = pid().orElseThrow(() -> new IOException("the demo service is not running"));
    ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
    return pid;
  }

  @Override
  public void close() throws IOException {
    try {
      run("stop");
    } catch (InterruptedException hurry) {
      Thread.currentThread().interrupt();
    }
  }
}
