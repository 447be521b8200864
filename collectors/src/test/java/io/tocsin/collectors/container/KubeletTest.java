package io.tocsin.collectors.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.tocsin.collectors.CollectorException;
import io.tocsin.collectors.Problem.Reason;
import io.tocsin.collectors.parts.HeldPort;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class KubeletTest {

  private static final String PODS =
      """
      {"kind":"PodList","items":[{"metadata":{"name":"p","namespace":"n","uid":"u"},
       "status":{"containerStatuses":[{"name":"c","containerID":"containerd://%s",
       "state":{"running":{}}}]}}]}
      """
          .formatted(FakeMachine.id(1));

  @TempDir Path folder;

  private static Roster ask(KubeletConfig config) throws Exception {
    return ask(config, Duration.ofSeconds(15));
  }

  private static Roster ask(KubeletConfig config, Duration patience) throws Exception {
    return new Kubelet(config, patience, new LabelRules(List.of(), null))
        .ask(System::nanoTime, System.nanoTime() + patience.toNanos());
  }

  private static KubeletConfig at(URI url) {
    return new KubeletConfig(url, null, null, null);
  }

  private static void fails(Reason reason, KubeletConfig config) {
    fails(reason, config, Duration.ofSeconds(15));
  }

  private static void fails(Reason reason, KubeletConfig config, Duration patience) {
    assertThatThrownBy(() -> ask(config, patience))
        .isInstanceOfSatisfying(
            CollectorException.class,
            failure -> assertThat(failure.problem().reason()).isEqualTo(reason));
  }

  @Test
  void theReadOnlyPortIsAskedWithoutAToken() throws Exception {
    try (FakeKubelet kubelet = new FakeKubelet(PODS)) {
      Roster roster = ask(at(kubelet.url()));

      assertThat(roster.containers().get(FakeMachine.id(1)).names()).containsExactly("n", "p", "c");
      assertThat(kubelet.tokens()).containsExactly("null");
    }
  }

  @Test
  void anAnswerThatEndsInTheMiddleIsNoShorterList() throws Exception {
    try (FakeKubelet kubelet = new FakeKubelet(PODS.substring(0, 100))) {
      fails(Reason.TRUNCATED, at(kubelet.url()));
    }
  }

  @Test
  void garbageIsNamed() throws Exception {
    try (FakeKubelet kubelet = new FakeKubelet("~".repeat(10 << 20))) {
      fails(Reason.MALFORMED, at(kubelet.url()));
    }
  }

  @Test
  void aRefusalSaysWhatTheTokenLacks() throws Exception {
    try (FakeKubelet kubelet = new FakeKubelet("").answer(403, "Forbidden")) {
      assertThatThrownBy(() -> ask(at(kubelet.url()))).hasMessageContaining("nodes/proxy");
    }
  }

  @Test
  void oneThatNeverAnswersIsGivenUp() throws Exception {
    try (ServerSocket mute = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      URI url = URI.create("http://127.0.0.1:" + mute.getLocalPort());
      fails(Reason.DEADLINE, at(url), Duration.ofMillis(500));
    }
  }

  @Test
  void oneThatIsNotThereIsNamed() throws Exception {
    try (HeldPort nobody = new HeldPort()) {
      fails(Reason.UNREADABLE, at(URI.create("http://127.0.0.1:" + nobody.number())));
    }
  }

  @Test
  void aCertificateIsTrustedOnlyIfItsAuthorityIsNamed() throws Exception {
    KeyStore store = selfSigned();
    List<String> tokens = new CopyOnWriteArrayList<>();
    HttpsServer server = https(store, tokens);
    try {
      URI url = URI.create("https://127.0.0.1:" + server.getAddress().getPort());
      Path ca = folder.resolve("ca.pem");
      Files.writeString(
          ca,
          "-----BEGIN CERTIFICATE-----\n"
              + Base64.getMimeEncoder().encodeToString(store.getCertificate("k").getEncoded())
              + "\n-----END CERTIFICATE-----\n");
      Path token = Files.writeString(folder.resolve("token"), "first\n");
      KubeletConfig config = new KubeletConfig(url, token, ca, null);

      assertThat(ask(config).containers()).hasSize(1);
      Files.writeString(token, "second\n");
      ask(config);

      assertThat(tokens).containsExactly("Bearer first", "Bearer second");
      fails(Reason.REFUSED, at(url));
      Files.writeString(token, "a\r\nb: c");
      fails(Reason.MALFORMED, config);
      fails(Reason.UNREADABLE, new KubeletConfig(url, folder.resolve("none"), ca, null));
      fails(Reason.UNREADABLE, new KubeletConfig(url, null, folder.resolve("none"), null));
    } finally {
      server.stop(0);
    }
  }

  private KeyStore selfSigned() throws Exception {
    Path file = folder.resolve("keys.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "k",
                "-keyalg",
                "EC",
                "-dname",
                "CN=kubelet",
                "-ext",
                "san=ip:127.0.0.1",
                "-storetype",
                "PKCS12",
                "-storepass",
                "changeit",
                "-keystore",
                file.toString())
            .redirectErrorStream(true)
            .start();
    assertThat(keytool.waitFor()).isZero();
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, "changeit".toCharArray());
    }
    return store;
  }

  private static HttpsServer https(KeyStore store, List<String> tokens) throws Exception {
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, "changeit".toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    HttpsServer server =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(context));
    server.createContext(
        "/pods",
        exchange -> {
          try (exchange) {
            tokens.add(exchange.getRequestHeaders().getFirst("Authorization"));
            byte[] body = PODS.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
          } catch (IOException clientLeft) {
            // It does not trust us.
          }
        });
    server.start();
    return server;
  }
}
