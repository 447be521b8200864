package io.tocsin.bench;

import io.tocsin.embedded.Ports;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/** A server of Prometheus' family that runs beside us, asked over HTTP on the loopback address. */
public final class LocalServer {

  private static final Duration READY_LIMIT = Duration.ofSeconds(60);
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(20);
  private static final long LOOK_EVERY_MS = 200;

  private final String name;
  private final int port;
  private final HttpClient http = HttpClient.newHttpClient();

  /** A server of that name, which need not answer yet. */
  public LocalServer(String name, int port) {
    this.name = name;
    this.port = port;
  }

  /** Where a program is installed, if it is. */
  public static Optional<Path> program(String name) {
    return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
        .map(directory -> Path.of(directory, name))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /**
   * Waits until it says that it is ready.
   *
   * @throws BenchFailure if it does not within a minute
   */
  public void awaitReady() throws InterruptedException {
    long deadline = System.nanoTime() + READY_LIMIT.toNanos();
    while (System.nanoTime() < deadline) {
      try {
        get("/-/ready");
        return;
      } catch (IOException notYet) {
        Thread.sleep(LOOK_EVERY_MS);
      }
    }
    throw new BenchFailure(name + " is not ready after " + READY_LIMIT.toSeconds() + " s");
  }

  /**
   * The body of an answer.
   *
   * @throws IOException if there is none, or it is not 200
   */
  public String get(String path) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://" + Ports.LOOPBACK + ":" + port + path))
            .timeout(ANSWER_LIMIT)
            .build();
    HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new IOException(name + " answered " + answer.statusCode() + " to " + path);
    }
    return answer.body();
  }

  /** Sum over all series of a metric in Prometheus' text format. */
  public static double metric(String text, String name) {
    return text.lines()
        .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }
}
