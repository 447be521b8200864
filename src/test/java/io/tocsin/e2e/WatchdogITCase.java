package io.tocsin.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A sign of life goes the whole way to somebody outside, who tells people when it stops. */
class WatchdogITCase {

  private static final Duration PATIENCE = Duration.ofSeconds(90);

  @TempDir Path inside;
  @TempDir Path outside;

  @Test
  void whoWaitsOutsideHearsTheSignsAndRaisesTheAlarmWhenTheyStop() throws Exception {
    int port = TestInstallation.freePorts(1).get(0);
    Path secret = Files.writeString(outside.resolve("secret"), "one that both know");
    Path config =
        Files.writeString(
            outside.resolve("far.yaml"),
            "notifications: {channels: [{name: pager, via: {log: {}}}]}\n");
    TestInstallation installation = new TestInstallation(inside);
    installation.configure(
        """
        notifications:
          allow-private: ["127.0.0.1"]
          watchdog:
            every: 10s
            via: {webhook: {url: "http://127.0.0.1:%d/sign", secret: {file: %s}}}
        """
            .formatted(port, secret));
    try (TocsinProcess far =
        TocsinProcess.start(
            outside,
            "watchdog",
            "--config",
            config.toString(),
            "--secret",
            secret.toString(),
            "--port",
            Integer.toString(port),
            "--silence",
            "25s")) {
      await().atMost(PATIENCE).until(() -> far.output().contains("listening"));
      assertThat(post(port, "a sign that nobody signed")).isEqualTo(403);
      try (TocsinProcess near = installation.up()) {
        await(near.report())
            .atMost(PATIENCE)
            .until(
                () ->
                    installation
                        .text("/metrics")
                        .contains("tocsin_watchdog_signs_total{outcome=\"sent\"} 3.0"));
        await(far.report())
            .atMost(PATIENCE)
            .until(() -> says(far, "Tocsin is back") == says(far, "Tocsin is silent"));
        int before = far.output().split("told through pager: P0: Tocsin is silent", -1).length;
        near.kill();
        await(far.report())
            .atMost(PATIENCE)
            .until(
                () ->
                    far.output().split("told through pager: P0: Tocsin is silent", -1).length
                        > before);
      }
    }
  }

  private static boolean says(TocsinProcess process, String words) {
    return process.output().contains(words);
  }

  private static int post(int port, String body) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/sign"))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build(),
            BodyHandlers.discarding())
        .statusCode();
  }
}
