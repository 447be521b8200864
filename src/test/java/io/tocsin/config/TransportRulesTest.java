package io.tocsin.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tocsin.tls.TestAuthority;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a configuration has to say of TLS at ports and stores. */
final class TransportRulesTest {

  @TempDir private Path directory;

  private Path write(String yaml) throws Exception {
    return Files.writeString(directory.resolve("tocsin.yaml"), yaml);
  }

  private String problems(String yaml) throws Exception {
    Path file = write(yaml);
    ConfigException refused =
        catchThrowableOfType(ConfigException.class, () -> new ConfigLoader().load(file));
    return refused == null ? "" : refused.getMessage();
  }

  @Test
  void certificatesOfPortsAreTaken() throws Exception {
    TestAuthority authority = new TestAuthority(directory, "ours");
    TestAuthority.Issued shows = authority.localServer("streams");

    String tls =
        "{certificate: %s, key: {file: %s}, client-ca: %s, open: [health, metrics]}"
            .formatted(shows.certificate(), shows.key(), authority.ca());
    Config config =
        new ConfigLoader()
            .load(
                write(
                    "server: {tls: %s}\nstreams: {http: {host: streams-1, tls: %s}}"
                        .formatted(tls, tls)));

    assertThat(config.server().tls().open()).hasSize(2);
    assertThat(config.streams().http().tls().clientCa()).isEqualTo(authority.ca().toString());
  }

  @Test
  void allFilesThatCannotBeUsedAreSaidAtOnce() throws Exception {
    TestAuthority authority = new TestAuthority(directory, "ours");
    TestAuthority.Issued one = authority.localServer("one");
    TestAuthority.Issued other = authority.localServer("other");

    assertThat(
            problems(
                """
                server: {tls: {certificate: /nowhere/api.pem, key: {file: %s}}}
                streams: {http: {tls: {certificate: %s, key: {file: %s}}}}
                """
                    .formatted(one.key(), one.certificate(), other.key())))
        .contains("server.tls: there is no file /nowhere/api.pem")
        .contains("streams.http.tls: the key in file " + other.key() + " does not belong")
        .contains("streams.http.tls: has no client-ca");
  }

  @Test
  void aSecretDoesNotGoThroughTheNetworkAsItIs() throws Exception {
    Path token = Files.writeString(directory.resolve("token"), "t0ken");
    String store = "history: {influxdb: {url: \"http://%s:8086\", token: {file: " + token + "}%s}}";

    assertThat(problems(store.formatted("store.example", "")))
        .contains("history.influxdb.url: would carry the token through the network")
        .contains("plain-text: true");
    assertThat(problems(store.formatted("store.example", ", plain-text: true"))).isEmpty();
    assertThat(problems(store.formatted("127.0.0.1", ""))).isEmpty();
  }

  @Test
  void norDoesThePasswordOfTheSqlWire() throws Exception {
    Path password = Files.writeString(directory.resolve("password"), "s3cret");

    assertThat(
            problems(
                """
                history:
                  questdb:
                    url: "http://127.0.0.1:9000"
                    sql: store.example:8812
                    user: tocsin
                    password: {file: %s}
                    ca: /nowhere/ca.pem
                """
                    .formatted(password)))
        .contains("history.questdb.sql: would carry the password")
        .contains("history.questdb.ca: is of no use where url is http")
        .contains("history.questdb.ca: there is no file /nowhere/ca.pem");
  }

  @Test
  void whatOpensWithoutACertificateNeedsACertificateElsewhere() throws Exception {
    TestAuthority.Issued shows = new TestAuthority(directory, "ours").localServer("api");

    assertThat(
            problems(
                "server: {tls: {certificate: %s, key: {file: %s}, open: [health]}}"
                    .formatted(shows.certificate(), shows.key())))
        .contains("without client-ca nothing does");
  }
}
