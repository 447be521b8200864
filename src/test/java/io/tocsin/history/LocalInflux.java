package io.tocsin.history;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import io.tocsin.embedded.Ports;
import io.tocsin.tls.TestAuthority;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Debian's InfluxDB 1.6 on ports of its own; the test is skipped where there is none. */
public final class LocalInflux {

  private final Process process;
  private final String url;

  private LocalInflux(Process process, String url) {
    this.process = process;
    this.url = url;
  }

  /**
   * Starts it.
   *
   * @param directory for what it keeps
   */
  public static LocalInflux start(Path directory) throws IOException {
    return start(directory, null);
  }

  /**
   * Starts one that speaks TLS.
   *
   * @param shows its certificate, for localhost; null for HTTP as it is
   */
  public static LocalInflux start(Path directory, TestAuthority.Issued shows) throws IOException {
    String tls =
        shows == null
            ? ""
            : """
              https-enabled = true
              https-certificate = "%s"
              https-private-key = "%s"
            """
                .formatted(shows.certificate(), shows.key());
    List<Integer> ports = Ports.free(2);
    Path config =
        Files.writeString(
            directory.resolve("influxdb.conf"),
            """
            reporting-disabled = true
            bind-address = "127.0.0.1:%d"
            [meta]
              dir = "%s/meta"
            [data]
              dir = "%s/data"
              wal-dir = "%s/wal"
            [http]
              bind-address = "127.0.0.1:%d"
              log-enabled = false
            """
                    .formatted(ports.get(1), directory, directory, directory, ports.get(0))
                + tls);
    Process process = null;
    try {
      process =
          new ProcessBuilder("influxd", "-config", config.toString())
              .redirectErrorStream(true)
              .redirectOutput(directory.resolve("influxd.log").toFile())
              .start();
    } catch (IOException missing) {
      String message = "influxd is not there: apt-get install influxdb";
      if (Boolean.getBoolean("tocsin.parts.required")) {
        fail(message);
      }
      abort(message);
    }
    String url = (shows == null ? "http://127.0.0.1:" : "https://localhost:") + ports.get(0);
    LocalInflux influx = new LocalInflux(process, url);
    if (shows == null) {
      influx.awaitAnswer();
    }
    return influx;
  }

  private void awaitAnswer() {
    HttpClient http = HttpClient.newHttpClient();
    HttpRequest ping = HttpRequest.newBuilder(URI.create(url + "/ping")).build();
    await()
        .atMost(Duration.ofSeconds(60))
        .ignoreExceptions()
        .until(() -> http.send(ping, BodyHandlers.discarding()).statusCode() == 204);
  }

  /** Its base URL. */
  public String url() {
    return url;
  }

  /** Stops it, and waits until it has. */
  public void stop() throws InterruptedException {
    process.destroy();
    process.waitFor();
  }
}
