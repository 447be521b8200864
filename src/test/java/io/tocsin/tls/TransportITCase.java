package io.tocsin.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tocsin.schemas.secret.SecretRef;
import io.tocsin.schemas.serde.RegistryUnavailableException;
import io.tocsin.schemas.serde.SchemaRegistration;
import io.tocsin.schemas.topic.Cluster;
import io.tocsin.schemas.topic.ClusterSecurity;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real registry over TLS, and what is said where it is not the right one. */
class TransportITCase {

  @TempDir private static Path directory;

  private static TestAuthority ours;
  private static TestAuthority theirs;
  private static TlsRegistry registry;

  @BeforeAll
  static void start() throws Exception {
    boolean there = TlsRegistry.isThere();
    if (Boolean.getBoolean("tocsin.parts.required")) {
      assertThat(there).as("the build has unpacked the registry").isTrue();
    }
    assumeTrue(there, "the registry's distribution is not unpacked");
    ours = new TestAuthority(directory, "ours");
    theirs = new TestAuthority(directory, "theirs");
    registry = TlsRegistry.start(directory, ours.server("registry", "localhost"), ours);
  }

  @AfterAll
  static void stop() {
    if (registry != null) {
      registry.close();
    }
  }

  @Test
  void anAccountAndACertificateOpenTheGateBeforeARegistry() throws Exception {
    Path password = Files.writeString(directory.resolve("registry-password"), "s3cret");
    Path wrong = Files.writeString(directory.resolve("wrong-password"), "guess");
    TestAuthority.Issued client = theirs.client("streams-1");
    try (TlsGate gate =
        TlsGate.before(registry.url(), ours, ours.localServer("gate"), theirs, "web:s3cret")) {
      assertThat(at(gate.url(), with(client, password)).missing()).isNotNull();
      assertThatThrownBy(() -> at(gate.url(), with(client, wrong)).missing())
          .isInstanceOf(RegistryUnavailableException.class)
          .hasMessageContaining("401")
          .hasMessageNotContaining("guess");
      assertThatThrownBy(() -> at(gate.url(), with(theirs.expired("old"), password)).missing())
          // what is said depends on whether the alert comes before the request is written
          .isInstanceOf(RegistryUnavailableException.class);
    }
  }

  private static ClusterSecurity with(TestAuthority.Issued client, Path password) {
    return new ClusterSecurity(
        ours.ca().toString(),
        client.certificate().toString(),
        SecretRef.in(client.key()),
        null,
        null,
        new ClusterSecurity.RegistryAccount("web", SecretRef.in(password)));
  }

  private static ClusterSecurity believing(TestAuthority authority) {
    return new ClusterSecurity(authority.ca().toString(), null, null, null, null, null);
  }

  private static SchemaRegistration at(String url, ClusterSecurity security) {
    return new SchemaRegistration(new Cluster("127.0.0.1:9", url, security));
  }

  @Test
  void schemasAreRegisteredOverTls() {
    SchemaRegistration registration = at(registry.url(), believing(ours));

    registration.registerAll();

    assertThat(registration.missing()).isEmpty();
  }

  @Test
  void aRegistryOfAnotherAuthorityIsNotBelieved() {
    assertThatThrownBy(() -> at(registry.url(), believing(theirs)).missing())
        .isInstanceOf(RegistryUnavailableException.class)
        .hasMessageContaining("an authority that is not believed here");
  }

  @Test
  void aRegistryUnderAnotherNameIsNotBelieved() {
    String other = registry.url().replace("localhost", "127.0.0.1");

    assertThatThrownBy(() -> at(other, believing(ours)).missing())
        .isInstanceOf(RegistryUnavailableException.class)
        .hasMessageContaining("for another host name");
  }

  @Test
  void whoDoesNotSpeakTlsIsToldSo() {
    String plain = registry.url().replace("https", "http");

    assertThatThrownBy(() -> at(plain, null).missing())
        .isInstanceOf(RegistryUnavailableException.class)
        .hasMessageContaining("https");
  }
}
