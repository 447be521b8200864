package io.tocsin.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.javalin.Javalin;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tocsin.schemas.secret.SecretRef;
import io.tocsin.schemas.tls.ServerTls;
import io.tocsin.server.http.Transport;
import io.tocsin.tls.TestAuthority;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** How commands ask an API that speaks TLS, and what they say where they must not believe it. */
class StatusOverTlsTest {

  @TempDir private Path directory;

  private TestAuthority ours;
  private TestAuthority clients;
  private Javalin api;
  private String said;

  @BeforeEach
  void serve() {
    ours = new TestAuthority(directory, "ours");
    clients = new TestAuthority(directory, "clients");
    TestAuthority.Issued shows = ours.server("api", "localhost");
    ServerTls tls =
        new ServerTls(
            shows.certificate().toString(),
            SecretRef.in(shows.key()),
            clients.ca().toString(),
            null);
    api =
        Javalin.create(
            config -> {
              config.startup.showJavalinBanner = false;
              config.jetty.host = "127.0.0.1";
              Transport.of(tls, new SimpleMeterRegistry()).speak(config);
              config.routes.get("/health/ready", context -> context.result("{\"ready\":true}"));
              config.routes.get("/api/v1/incidents", context -> context.result("[]"));
              config.routes.get("/api/v1/fleet", context -> context.result("{\"resources\":[]}"));
            });
    api.start("127.0.0.1", 0);
  }

  @AfterEach
  void stop() {
    api.stop();
  }

  private int status(String address, String... more) {
    StringWriter out = new StringWriter();
    CommandLine command = Main.commandLine();
    command.setOut(new PrintWriter(out)).setErr(new PrintWriter(out));
    String[] all = new String[3 + more.length];
    all[0] = "status";
    all[1] = "--api";
    all[2] = address;
    System.arraycopy(more, 0, all, 3, more.length);
    int code = command.execute(all);
    said = out.toString();
    return code;
  }

  private String at(String host) {
    return "https://" + host + ":" + api.port();
  }

  private String[] with(TestAuthority believed, TestAuthority shownBy) {
    TestAuthority.Issued client = shownBy.client("cli-" + System.nanoTime());
    return new String[] {
      "--ca", believed.ca().toString(),
      "--certificate", client.certificate().toString(),
      "--key", client.key().toString()
    };
  }

  /** A command waits 5 s for an answer, which the first handshake of a busy machine may take. */
  private void awaitSaid(int code, String words, String address, String... more) {
    await()
        .atMost(Duration.ofSeconds(90))
        .until(() -> status(address, more) == code && said.contains(words));
  }

  @Test
  void theRightAuthorityAndTheRightCertificateAreEnough() {
    awaitSaid(0, "ready at https://localhost", at("localhost"), with(ours, clients));
  }

  @Test
  void whatIsWrongIsSaidWithWhereAndWhatToDo() {
    awaitSaid(4, "not believed here", at("localhost"), with(clients, clients));
    assertThat(said).contains("the API at https://localhost", "as ca");

    awaitSaid(4, "is for another host name", at("127.0.0.1"), with(ours, clients));

    awaitSaid(8, "show a certificate", at("localhost"), "--ca", ours.ca().toString());
    assertThat(said).contains("--certificate and --key");

    awaitSaid(4, "speaks TLS only; write --api https://", "http://localhost:" + api.port());
  }

  @Test
  void aFileThatCannotBeUsedIsNamed() {
    assertThat(status(at("localhost"), "--ca", directory.resolve("none.pem").toString()))
        .isEqualTo(2);
    assertThat(said).contains("there is no file", "none.pem");
  }
}
