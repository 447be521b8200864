package io.tocsin.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.tocsin.e2e.RealPart;
import io.tocsin.embedded.Ports;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The gate of compose's registry: a real HAProxy, a stand-in for the registry behind it. */
class RegistryGateITCase {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String SUBJECT = "/apis/ccompat/v7/subjects/tocsin.samples-value";

  @TempDir static Path directory;

  private static HttpServer registry;
  private static Process gate;
  private static int port;

  @BeforeAll
  static void start() throws Exception {
    RealPart.need("HAProxy", "apt-get install haproxy", "haproxy", "-v");
    RealPart.need("openssl", "apt-get install openssl", "openssl", "version");
    Path secrets = directory.resolve("private");
    assertThat(
            new ProcessBuilder(
                    Yaml.DEPLOY.resolve("compose/secrets").toString(), secrets.toString())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor())
        .isZero();
    registry = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    registry.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    registry.start();
    port = Ports.free(1).get(0);
    String settings =
        Files.readString(Yaml.DEPLOY.resolve("compose/registry.cfg"))
            .replace("/run/secrets", secrets.toString())
            .replace("bind :8443", "bind 127.0.0.1:" + port)
            .replace("registry-app:8080", "127.0.0.1:" + registry.getAddress().getPort());
    Path file = Files.writeString(directory.resolve("registry.cfg"), settings);
    gate =
        new ProcessBuilder("haproxy", "-db", "-f", file.toString())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("gate.log").toFile())
            .start();
    await("the gate")
        .atMost(PATIENCE)
        .ignoreExceptions()
        .until(() -> status("streams", "GET", SUBJECT + "/versions") == 200);
  }

  @AfterAll
  static void stop() {
    if (gate != null) {
      gate.destroy();
    }
    if (registry != null) {
      registry.stop(0);
    }
  }

  @Test
  void whoeverShowsNoCertificateIsTurnedAway() {
    assertThatThrownBy(() -> status(null, "GET", SUBJECT + "/versions"))
        .isInstanceOf(IOException.class);
  }

  @Test
  void aStageReadsAndAsksForIds() throws Exception {
    assertThat(status("streams", "GET", "/apis/ccompat/v7/schemas/ids/1")).isEqualTo(200);
    assertThat(status("agent", "POST", SUBJECT)).isEqualTo(200);
  }

  @Test
  void aStageRegistersAndChangesNothing() throws Exception {
    assertThat(status("streams", "POST", SUBJECT + "/versions")).isEqualTo(403);
    assertThat(status("agent", "DELETE", SUBJECT)).isEqualTo(403);
    assertThat(status("operator", "PUT", "/apis/ccompat/v7/config")).isEqualTo(403);
  }

  @Test
  void theAdministratorRegisters() throws Exception {
    assertThat(status("admin", "POST", SUBJECT + "/versions")).isEqualTo(200);
    assertThat(status("admin", "PUT", "/apis/ccompat/v7/config")).isEqualTo(200);
  }

  @Test
  void nobodyComesRoundByTheRegistrysOtherDoors() throws Exception {
    assertThat(status("admin", "GET", "/apis/registry/v2/admin/rules")).isEqualTo(403);
    for (String path :
        List.of(
            "/apis/ccompat/v7/../../registry/v2/groups",
            "/apis/ccompat/v7/%2e%2e/%2e%2e/registry/v2/groups",
            "/apis/ccompat/v7/subjects/..",
            "//apis/registry/v2/groups")) {
      assertThat(status("streams", "GET", path)).as(path).isEqualTo(403);
    }
    assertThat(status("streams", "POST", "/apis/ccompat/v7/subjects/a%2Fversions")).isEqualTo(403);
    assertThat(status("streams", "POST", SUBJECT + "/versions?/subjects/a")).isEqualTo(403);
  }

  private static int status(String who, String method, String path) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("https://localhost:" + port + path))
            .method(method, BodyPublishers.ofString("{}"))
            .timeout(PATIENCE)
            .build();
    return client(who).send(request, BodyHandlers.discarding()).statusCode();
  }

  private static HttpClient client(String who) throws Exception {
    Path secrets = directory.resolve("private");
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("ca", certificate(secrets.resolve("ca.crt")));
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(trusted);
    KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
    KeyStore own = KeyStore.getInstance("PKCS12");
    own.load(null, null);
    if (who != null) {
      Certificate certificate = certificate(secrets.resolve(who + ".crt"));
      own.setKeyEntry(
          "own", key(secrets.resolve(who + ".key")), new char[0], new Certificate[] {certificate});
    }
    keys.init(own, new char[0]);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    return HttpClient.newBuilder().sslContext(context).build();
  }

  private static Certificate certificate(Path file) throws Exception {
    return CertificateFactory.getInstance("X.509")
        .generateCertificate(new ByteArrayInputStream(Files.readAllBytes(file)));
  }

  private static PrivateKey key(Path file) throws Exception {
    String text = Files.readString(file).replaceAll("-----[A-Z ]+-----|\\s", "");
    return KeyFactory.getInstance("EC")
        .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(text)));
  }
}
