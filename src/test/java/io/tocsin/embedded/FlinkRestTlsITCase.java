package io.tocsin.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tocsin.schemas.secret.SecretRef;
import io.tocsin.schemas.tls.ClientTls;
import io.tocsin.tls.TestAuthority;
import java.net.URI;
import java.nio.file.Path;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.SecurityOptions;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real Flink whose REST API speaks TLS and wants a certificate. */
class FlinkRestTlsITCase {

  @TempDir private static Path directory;

  private static TestAuthority ours;
  private static TestAuthority theirs;
  private static MiniCluster flink;
  private static int port;

  @BeforeAll
  static void start() throws Exception {
    ours = new TestAuthority(directory, "ours");
    theirs = new TestAuthority(directory, "theirs");
    Path trust = directory.resolve("trust.p12");
    Path own = directory.resolve("own.p12");
    showing(ours, ours.server("flink", "localhost")).writeStores(trust, own, "changeit");
    Configuration settings = new Configuration();
    settings.set(RestOptions.BIND_PORT, "0");
    settings.set(RestOptions.ADDRESS, "localhost");
    settings.set(SecurityOptions.SSL_REST_ENABLED, true);
    settings.set(SecurityOptions.SSL_REST_AUTHENTICATION_ENABLED, true);
    settings.set(SecurityOptions.SSL_PROTOCOL, "TLSv1.3");
    settings.set(SecurityOptions.SSL_ALGORITHMS, "TLS_AES_128_GCM_SHA256");
    settings.set(SecurityOptions.SSL_REST_KEYSTORE, own.toString());
    settings.set(SecurityOptions.SSL_REST_KEYSTORE_PASSWORD, "changeit");
    settings.set(SecurityOptions.SSL_REST_KEY_PASSWORD, "changeit");
    settings.set(SecurityOptions.SSL_REST_TRUSTSTORE, trust.toString());
    settings.set(SecurityOptions.SSL_REST_TRUSTSTORE_PASSWORD, "changeit");
    flink =
        new MiniCluster(
            new MiniClusterConfiguration.Builder()
                .setConfiguration(settings)
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(1)
                .build());
    flink.start();
    port = flink.getRestAddress().get().getPort();
  }

  @AfterAll
  static void stop() throws Exception {
    flink.close();
  }

  private static ClientTls showing(TestAuthority believed, TestAuthority.Issued shown) {
    return new ClientTls(
        believed.ca().toString(), shown.certificate().toString(), SecretRef.in(shown.key()));
  }

  private static FlinkCluster at(String host, ClientTls tls) {
    return new FlinkCluster(URI.create("https://" + host + ":" + port), tls);
  }

  @Test
  void aClientOfTheRightAuthorityIsAnsweredAndLeavesNoFiles() throws Exception {
    ClientTls client = showing(ours, ours.client("alerting"));

    assertThat(at("localhost", client).running("alerting")).isEmpty();

    Path trust;
    try (FlinkRestTls way = FlinkRestTls.to(URI.create("https://localhost:" + port), client)) {
      trust = Path.of(way.settings().get(SecurityOptions.SSL_REST_TRUSTSTORE));
      assertThat(trust).exists();
    }
    assertThat(trust).doesNotExist();
  }

  @Test
  void aClusterUnderAnotherNameOrOfAnotherAuthorityIsNotBelieved() {
    ClientTls client = showing(ours, ours.client("named"));

    assertThatThrownBy(() -> at("127.0.0.1", client).running("alerting"))
        .isInstanceOf(PartFailure.class)
        .hasMessageContaining("is for another host name");
    assertThatThrownBy(
            () -> at("localhost", showing(theirs, ours.client("wary"))).running("alerting"))
        .isInstanceOf(PartFailure.class)
        .hasMessageContaining("an authority that is not believed here");
  }

  @Test
  void whoShowsNoCertificateIsNotAnswered() {
    assertThatThrownBy(
            () -> at("localhost", ClientTls.believing(ours.ca().toString())).running("alerting"))
        .isInstanceOf(PartFailure.class);
  }
}
