package io.tocsin.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tocsin.collectors.app.mapping.DefaultRules;
import io.tocsin.collectors.app.receiver.ReceiverCollector;
import io.tocsin.collectors.app.receiver.ReceiverConfig;
import io.tocsin.embedded.Ports;
import io.tocsin.schemas.secret.SecretRef;
import io.tocsin.schemas.tls.ClientTls;
import io.tocsin.schemas.tls.ServerTls;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The agent's receiver, asked over TLS by senders with and without what it wants. */
class ReceiverTlsTest {

  @TempDir private Path directory;

  private final int port = Ports.free(1).get(0);
  private TestAuthority ours;
  private TestAuthority theirs;
  private ReceiverCollector receiver;

  @BeforeEach
  void open() throws Exception {
    ours = new TestAuthority(directory, "ours");
    theirs = new TestAuthority(directory, "theirs");
    TestAuthority.Issued shows = ours.localServer("agent");
    ServerTls tls =
        new ServerTls(
            shows.certificate().toString(), SecretRef.in(shows.key()), ours.ca().toString(), null);
    Path token = Files.writeString(directory.resolve("token"), "t0ken");
    receiver =
        new ReceiverCollector(
            new ReceiverConfig(null, port, token, tls, null, null, null, null, null, null, null),
            DefaultRules.ALL,
            Clock.systemUTC(),
            System::nanoTime);
    receiver.open();
  }

  @AfterEach
  void close() {
    receiver.close();
  }

  private int send(ClientTls tls, String scheme) throws IOException, InterruptedException {
    return HttpClient.newBuilder()
        .sslContext(tls.context())
        .build()
        .send(
            HttpRequest.newBuilder(URI.create(scheme + "://127.0.0.1:" + port + "/write"))
                .header("Authorization", "Token t0ken")
                .POST(BodyPublishers.ofString("http_requests,service=shop value=1"))
                .build(),
            BodyHandlers.discarding())
        .statusCode();
  }

  private ClientTls showing(TestAuthority believed, TestAuthority.Issued shown) {
    return new ClientTls(
        believed.ca().toString(), shown.certificate().toString(), SecretRef.in(shown.key()));
  }

  @Test
  void aSenderWithTokenAndCertificateIsTakenIn() throws Exception {
    assertThat(send(showing(ours, ours.client("shop")), "https")).isEqualTo(204);
    assertThat(receiver.collect().samples()).isNotNull();
  }

  @Test
  void noneElseIs() {
    assertThat(refused(ClientTls.believing(ours.ca().toString()), "https")).isNotNull();
    assertThat(refused(showing(ours, theirs.client("stranger")), "https")).isNotNull();
    assertThat(refused(showing(ours, ours.expired("old")), "https")).isNotNull();
    assertThat(refused(showing(theirs, ours.client("shop")), "https")).isNotNull();
    assertThat(refused(ClientTls.believing(null), "http")).isNotNull();
  }

  private IOException refused(ClientTls tls, String scheme) {
    return catchThrowableOfType(IOException.class, () -> send(tls, scheme));
  }
}
