package io.tocsin.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code deploy/image/bin/health}, which the image's HEALTHCHECK runs. */
class HealthCheckTest {

  @TempDir Path data;

  /** How it ended and what it said. */
  private record Verdict(int status, String said) {}

  @Test
  void whoSaysReadyIsHealthy() throws Exception {
    HttpServer server = answering(200, "ready\n");
    try {
      tell("live http://127.0.0.1:1/", "ready " + at(server));
      eventually(() -> assertThat(check()).isEqualTo(new Verdict(0, "")));
    } finally {
      server.stop(0);
    }
  }

  /** It waits 3 s for an answer and 1 s for each further line, which a busy machine may take. */
  private static void eventually(ThrowingRunnable check) {
    await().atMost(Duration.ofSeconds(60)).untilAsserted(check);
  }

  @Test
  void whoIsTroubledIsNotAndWhyIsShown() throws Exception {
    HttpServer server = answering(503, "no broker");
    try {
      tell("live " + at(server).replace("http:", "tcp:"), "ready " + at(server));
      eventually(
          () -> {
            Verdict verdict = check();
            assertThat(verdict.status()).isEqualTo(1);
            assertThat(verdict.said()).contains("503", at(server), "no broker");
          });
      assertThat(check("live")).isEqualTo(new Verdict(0, ""));
    } finally {
      server.stop(0);
    }
  }

  @Test
  void whoNeverAnswersIsNotAndIsNotWaitedForForever() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      tell("ready http://127.0.0.1:" + silent.getLocalPort() + "/health/ready");
      Verdict verdict = check();
      assertThat(verdict.status()).isEqualTo(1);
      assertThat(verdict.said()).contains("no answer from");
    }
  }

  @Test
  void whereNobodyListensNobodyIsHealthy() throws Exception {
    tell("ready tcp://127.0.0.1:1"); // no test gets that port
    assertThat(check().said()).contains("nothing listens on 127.0.0.1:1");
  }

  @Test
  void whatHasNotSaidWhereItAnswersIsNotHealthyYet() throws Exception {
    assertThat(check()).isEqualTo(new Verdict(1, "it has not said yet where it answers\n"));
    tell("ready $(touch " + data.resolve("run") + ")");
    assertThat(check().status()).isEqualTo(1);
    assertThat(data.resolve("run")).doesNotExist();
  }

  private void tell(String... lines) throws Exception {
    Files.writeString(data.resolve("health"), String.join("\n", lines) + "\n");
  }

  private static HttpServer answering(int status, String text) throws Exception {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    server.createContext(
        "/health/ready",
        exchange -> {
          exchange.sendResponseHeaders(status, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    return server;
  }

  private static String at(HttpServer server) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/health/ready";
  }

  private Verdict check(String... what) throws Exception {
    String[] command = new String[what.length + 1];
    command[0] = Path.of("../deploy/image/bin/health").toAbsolutePath().normalize().toString();
    System.arraycopy(what, 0, command, 1, what.length);
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("TOCSIN_DATA", data.toString());
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Verdict(process.waitFor(), said);
  }
}
