package io.tocsin.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Apicurio Registry as a child process, with the Confluent API that every Confluent client and
 * Kafka UI speaks. Its schemas and their ids live in an H2 file and are on disk before an id is
 * handed out, so an id never changes its meaning, also not after {@code kill -9}.
 */
public final class EmbeddedRegistry implements Part {

  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedRegistry.class);
  private static final Duration START_LIMIT = Duration.ofSeconds(90);
  private static final Duration POLL = Duration.ofMillis(50);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(3);

  private final Path distribution;
  private final DataDirectory data;
  private final int port;
  private final Consumer<PartFailure> onDeath;
  private volatile Process process;
  private volatile boolean started;
  private volatile boolean closed;

  private static final int MOST_RESTARTS = 5;
  private static final Duration RESTART_AFTER = Duration.ofSeconds(1);

  private final int mostRestarts;
  private final AtomicInteger restarts = new AtomicInteger();

  /**
   * @param distribution the unpacked Apicurio distribution, with {@code *-runner.jar} and {@code
   *     lib/}
   * @param data its database, log and class archive go here
   * @param port the HTTP port
   * @param onDeath told once if the process keeps ending by itself after the start
   */
  public EmbeddedRegistry(
      Path distribution, DataDirectory data, int port, Consumer<PartFailure> onDeath) {
    this(distribution, data, port, onDeath, MOST_RESTARTS);
  }

  EmbeddedRegistry(
      Path distribution,
      DataDirectory data,
      int port,
      Consumer<PartFailure> onDeath,
      int mostRestarts) {
    this.mostRestarts = mostRestarts;
    this.distribution = distribution;
    this.data = data;
    this.port = port;
    this.onDeath = onDeath;
  }

  @Override
  public String name() {
    return "registry";
  }

  /** The Confluent API's base URL, for {@code schema.registry.url}. */
  @Override
  public String address() {
    return "http://" + Ports.LOOPBACK + ":" + port + "/apis/ccompat/v7";
  }

  /** The process id of the running registry; -1 if there is none. */
  public long pid() {
    Process running = process;
    return running == null ? -1 : running.pid();
  }

  /** Whether its process runs and has answered. */
  public boolean isRunning() {
    return started;
  }

  @Override
  public void start() throws PartFailure, InterruptedException {
    closed = false;
    launch();
  }

  private void launch() throws PartFailure, InterruptedException {
    try {
      Path runner = runner();
      process =
          new ProcessBuilder(RegistryCommand.of(runner, mainClass(runner), ourCode(), data, port))
              .directory(data.registry().toFile())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
              .start();
    } catch (IOException e) {
      throw new PartFailure(name(), "cannot be started: " + PartFailure.reason(e), e);
    }
    if (closed) {
      close();
    }
    awaitAnswer(process);
    started = true;
    process.onExit().thenAccept(this::ended);
  }

  private void awaitAnswer(Process process) throws PartFailure, InterruptedException {
    HttpClient client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(address() + "/subjects"))
            .timeout(Duration.ofSeconds(5))
            .build();
    long deadline = System.nanoTime() + START_LIMIT.toNanos();
    String last = "no answer yet";
    while (System.nanoTime() < deadline) {
      if (!process.isAlive()) {
        throw new PartFailure(
            name(),
            "ended with status "
                + process.exitValue()
                + " while starting on port "
                + port
                + "; see "
                + log());
      }
      try {
        int status = client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        if (status == 200) {
          return;
        }
        last = "HTTP " + status;
      } catch (IOException e) {
        last = PartFailure.reason(e);
      }
      process.waitFor(POLL.toMillis(), TimeUnit.MILLISECONDS);
    }
    throw new PartFailure(
        name(),
        address()
            + " did not answer within "
            + START_LIMIT.toSeconds()
            + " s ("
            + last
            + "); see "
            + log());
  }

  /** It is a process of its own, so it can be brought back while everything else goes on. */
  private void ended(Process ended) {
    if (!started) {
      return;
    }
    started = false;
    String what = "ended with status " + ended.exitValue() + "; see " + log();
    if (restarts.incrementAndGet() > mostRestarts) {
      onDeath.accept(new PartFailure(name(), "has been restarted too often: it " + what));
      return;
    }
    LOG.warn("the registry {}; it is restarted", what);
    Thread restart = new Thread(this::restart, "tocsin-registry-restart");
    restart.setDaemon(true);
    restart.start();
  }

  private void restart() {
    try {
      // Ctrl-C reaches the registry too, and first: a stop that is coming is known by then.
      TimeUnit.MILLISECONDS.sleep(RESTART_AFTER.toMillis());
      if (!closed) {
        launch();
      }
    } catch (PartFailure failure) {
      onDeath.accept(failure);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }

  private Path log() {
    return data.logs().resolve("registry.log");
  }

  private Path runner() throws IOException {
    if (!Files.isDirectory(distribution)) {
      throw new IOException(distribution + " does not exist; build the program first");
    }
    try (Stream<Path> files = Files.list(distribution)) {
      return files
          .filter(f -> f.getFileName().toString().endsWith("-runner.jar"))
          .findFirst()
          .orElseThrow(() -> new IOException("no *-runner.jar in " + distribution));
    }
  }

  private static String mainClass(Path runner) throws IOException {
    try (JarFile jar = new JarFile(runner.toFile())) {
      return jar.getManifest().getMainAttributes().getValue("Main-Class");
    }
  }

  /** The jar or directory that {@link RegistryMain} comes from. */
  private static Path ourCode() {
    try {
      return Path.of(
          RegistryMain.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new UncheckedIOException(new IOException("cannot find the program's own classes", e));
    }
  }

  @Override
  public void close() {
    started = false;
    closed = true;
    Process running = process;
    if (running == null) {
      return;
    }
    process = null;
    try {
      running.getOutputStream().close(); // RegistryMain ends when it reads the end of its input
      if (!running.waitFor(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.warn("the registry (pid {}) did not stop in {}; killing it", running.pid(), STOP_LIMIT);
      }
    } catch (IOException e) {
      LOG.debug("the registry's input was already closed", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      running.destroyForcibly();
    }
  }
}
