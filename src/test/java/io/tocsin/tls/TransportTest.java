package io.tocsin.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.javalin.Javalin;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tocsin.schemas.secret.SecretRef;
import io.tocsin.schemas.tls.ClientTls;
import io.tocsin.schemas.tls.ServerTls;
import io.tocsin.schemas.tls.TlsTrouble;
import io.tocsin.server.http.HttpGuard;
import io.tocsin.server.http.Transport;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A port that speaks TLS, asked by clients that are right and wrong in every way. */
class TransportTest {

  @TempDir private Path directory;

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private TestAuthority ours;
  private TestAuthority theirs;
  private Javalin server;

  @BeforeEach
  void makeAuthorities() {
    ours = new TestAuthority(directory, "ours");
    theirs = new TestAuthority(directory, "theirs");
  }

  @AfterEach
  void stop() {
    if (server != null) {
      server.stop();
    }
  }

  private static ServerTls tls(TestAuthority.Issued issued) {
    return new ServerTls(issued.certificate().toString(), SecretRef.in(issued.key()));
  }

  private static ServerTls tls(
      TestAuthority.Issued issued, TestAuthority clients, Set<ServerTls.Open> open) {
    return new ServerTls(
        issued.certificate().toString(), SecretRef.in(issued.key()), clients.ca().toString(), open);
  }

  private void serve(ServerTls tls) {
    server =
        Javalin.create(
            config -> {
              config.startup.showJavalinBanner = false;
              config.jetty.host = "127.0.0.1";
              Transport.of(tls, meters).speak(config);
              config.routes.before(new HttpGuard(HttpGuard.LOOPBACK)::check);
              config.routes.get("/state", context -> context.result("state"));
              config.routes.get("/health/live", context -> context.result("live"));
            });
    server.start("127.0.0.1", 0);
  }

  private HttpResponse<String> ask(ClientTls tls, String path) throws Exception {
    return HttpClient.newBuilder()
        .sslContext(tls.context())
        .build()
        .send(
            HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + server.port() + path)).build(),
            BodyHandlers.ofString());
  }

  private ClientTls believing(TestAuthority authority) {
    return ClientTls.believing(authority.ca().toString());
  }

  private static ClientTls showing(TestAuthority believed, TestAuthority.Issued shown) {
    return new ClientTls(
        believed.ca().toString(), shown.certificate().toString(), SecretRef.in(shown.key()));
  }

  private String trouble(ClientTls tls) {
    IOException refused = catchThrowableOfType(IOException.class, () -> ask(tls, "/state"));
    return TlsTrouble.of(refused).orElse("");
  }

  @Test
  void whoBelievesTheRightAuthorityIsAnswered() throws Exception {
    serve(tls(ours.localServer("api")));

    HttpResponse<String> answer = ask(believing(ours), "/state");

    assertThat(answer.body()).isEqualTo("state");
    assertThat(answer.headers().firstValue("Strict-Transport-Security")).isPresent();
    assertThat(answer.sslSession().orElseThrow().getProtocol()).isEqualTo("TLSv1.3");
  }

  @Test
  void anAuthorityThatIsNotBelievedIsSaid() {
    serve(tls(theirs.localServer("api")));

    assertThat(trouble(believing(ours)))
        .contains("an authority that is not believed here")
        .contains("name the PEM file");
  }

  @Test
  void aCertificateThatHasExpiredIsSaid() {
    serve(tls(ours.expired("api", "127.0.0.1")));

    assertThat(trouble(believing(ours))).contains("has expired");
  }

  @Test
  void aCertificateForAnotherHostIsSaid() {
    serve(tls(ours.server("api", "elsewhere.example")));

    assertThat(trouble(believing(ours))).contains("is for another host name");
  }

  @Test
  void whoDoesNotSpeakTlsIsToldAndGetsNothing() throws Exception {
    serve(tls(ours.localServer("api")));

    HttpResponse<String> answer =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + server.port() + "/health/live"))
                    .build(),
                BodyHandlers.ofString());

    assertThat(answer.statusCode()).isEqualTo(426);
    assertThat(answer.body()).contains("write https").isNotEqualTo("live");
    assertThat(refused("plain-text")).isEqualTo(1);
  }

  @Test
  void oldVersionsAreNotSpoken() throws Exception {
    serve(tls(ours.localServer("api")));
    SSLContext context = believing(ours).context();

    try (SSLSocket socket =
        (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", server.port())) {
      socket.setEnabledProtocols(new String[] {"TLSv1.1"});
      assertThat(catchThrowableOfType(SSLException.class, socket::startHandshake)).isNotNull();
    }
  }

  @Test
  void whoHasToShowACertificateAndShowsNoneGetsHealthAloneIfThatIsOpen() throws Exception {
    serve(tls(ours.localServer("api"), theirs, Set.of(ServerTls.Open.HEALTH)));

    assertThat(ask(believing(ours), "/state").statusCode()).isEqualTo(403);
    assertThat(ask(believing(ours), "/state").body()).contains("tls.client-ca");
    assertThat(ask(believing(ours), "/health/live").body()).isEqualTo("live");
    assertThat(ask(showing(ours, theirs.client("cli")), "/state").body()).isEqualTo("state");
    assertThat(refused("certificate")).isEqualTo(2);
  }

  @Test
  void healthIsClosedWhereNothingSaysThatItIsOpen() throws Exception {
    serve(tls(ours.localServer("api"), ours, null));

    assertThat(ask(believing(ours), "/health/live").statusCode()).isEqualTo(403);
  }

  @Test
  void aCertificateThatHasExpiredEndsTheHandshake() {
    serve(tls(ours.localServer("api"), ours, null));

    ClientTls expired = showing(ours, ours.expired("old"));

    // Who still writes when the server hangs up may not hear why, and asks again.
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(trouble(expired)).contains("does not take our"));
    // The server tells its caller before it counts.
    await().untilAsserted(() -> assertThat(refused("handshake")).isPositive());
  }

  /** A client of Java does not even show one that the server would not take. */
  @Test
  void aCertificateOfAnotherAuthorityIsNone() throws Exception {
    serve(tls(ours.localServer("api"), ours, null));

    assertThat(ask(showing(ours, theirs.client("stranger")), "/state").statusCode()).isEqualTo(403);
  }

  @Test
  void aRenewedCertificateIsShownWithoutARestartAndHalfARenewalIsWaitedFor() throws Exception {
    TestAuthority.Issued first = ours.localServer("first");
    TestAuthority.Issued second = theirs.localServer("second");
    serve(tls(first));
    assertThat(ask(believing(ours), "/state").statusCode()).isEqualTo(200);

    replace(second.certificate(), first.certificate());
    assertThat(ask(believing(ours), "/state").statusCode()).isEqualTo(200);

    replace(second.key(), first.key());
    assertThat(ask(believing(theirs), "/state").statusCode()).isEqualTo(200);
    assertThat(trouble(believing(ours))).contains("not believed");
  }

  @Test
  void anAuthorityThatIsNoLongerBelievedIsNotTaken() throws Exception {
    serve(tls(ours.localServer("api"), theirs, null));
    ClientTls client = showing(ours, theirs.client("cli"));
    assertThat(ask(client, "/state").statusCode()).isEqualTo(200);

    replace(ours.ca(), theirs.ca());

    assertThat(ask(client, "/state").statusCode()).isEqualTo(403);
  }

  /** As a platform does it: written beside, then moved over. */
  private static void replace(Path by, Path what) throws IOException {
    Path beside = Files.copy(by, what.resolveSibling("new-" + what.getFileName()));
    Files.move(beside, what, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private double refused(String reason) {
    return meters.counter("tocsin.server.refused", "reason", reason).count();
  }
}
