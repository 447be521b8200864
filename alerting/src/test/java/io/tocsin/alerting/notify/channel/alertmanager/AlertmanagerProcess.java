package io.tocsin.alerting.notify.channel.alertmanager;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/** A real Alertmanager on a free port of the loopback, which hands everything to one webhook. */
final class AlertmanagerProcess implements AutoCloseable {

  private static final Pattern ADDRESS =
      Pattern.compile("msg=\"?Listening on\"? .*address=(127\\.0\\.0\\.1:\\d+)");

  private final HttpClient client = HttpClient.newHttpClient();
  private final Process process;
  private final URI url;

  AlertmanagerProcess(Path directory, URI webhook) throws IOException {
    Files.createDirectories(directory);
    Path config = directory.resolve("alertmanager.yml");
    Files.writeString(
        config,
        """
        route:
          receiver: hook
          group_by: [incident]
          group_wait: 0s
          group_interval: 1s
        receivers:
          - name: hook
            webhook_configs:
              - url: %s
                send_resolved: true
        """
            .formatted(webhook));
    Path log = directory.resolve("log");
    process =
        new ProcessBuilder(
                "prometheus-alertmanager",
                "--config.file=" + config,
                "--storage.path=" + directory.resolve("data"),
                "--web.listen-address=127.0.0.1:0",
                "--cluster.listen-address=")
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    url =
        Awaitility.await()
            .atMost(Duration.ofSeconds(60))
            .until(() -> address(log), Optional::isPresent)
            .orElseThrow();
  }

  private static Optional<URI> address(Path log) throws IOException {
    Matcher matcher = ADDRESS.matcher(Files.readString(log));
    return matcher.find()
        ? Optional.of(URI.create("http://" + matcher.group(1)))
        : Optional.empty();
  }

  URI url() {
    return url;
  }

  /** The alerts that fire now. */
  JsonNode alerts() throws IOException, InterruptedException {
    HttpResponse<String> answer =
        client.send(
            HttpRequest.newBuilder(URI.create(url + "/api/v2/alerts?active=true")).build(),
            HttpResponse.BodyHandlers.ofString());
    return new ObjectMapper().readTree(answer.body());
  }

  @Override
  public void close() {
    process.destroy();
    process
        .onExit()
        .orTimeout(10, TimeUnit.SECONDS)
        .exceptionally(late -> process.destroyForcibly())
        .join();
  }
}
