package io.tocsin.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tocsin.schemas.AccessRole;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerSectionTest {

  @TempDir Path directory;

  @Test
  void withoutItTheServerIsOfThisMachineAloneAndOpenToIt() throws Exception {
    ServerSection server = load("min-free-disk: 1GiB").server();
    assertThat(server.listen()).isEqualTo("127.0.0.1");
    assertThat(server.role()).isEqualTo(AccessRole.ADMIN);
    assertThat(server.rateLimit()).isEqualTo(new ServerSection.RateLimits(1_000, 2_000, 10, 20));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{listen: 192.0.2.7}",
        "{listen: 0.0.0.0, names: [tocsin.example]}",
        "{names: [tocsin.example]}",
        "{trusted-proxies: [\"127.0.0.1\"]}"
      })
  void whereOthersMayComeNobodyIsAnythingWithoutSayingWho(String server) throws Exception {
    assertThat(load("server: " + server).server().role()).isEqualTo(AccessRole.NOBODY);
    String open = server.substring(0, server.length() - 1) + ", anonymous: viewer}";
    assertThat(problemsOf("server: " + open))
        .singleElement()
        .asString()
        .contains("server.anonymous: must be nobody", "tocsin token create");
  }

  @Test
  void readsAProvider() throws Exception {
    ServerSection server =
        load("""
            server:
              names: [tocsin.example]
              oidc:
                issuer: https://login.example/realms/ops
                client-id: tocsin
                client-secret: {env: OIDC_SECRET}
                roles: {on-call: responder, "platform team": admin}
                redirect: https://tocsin.example/api/v1/login/oidc/callback
            """)
            .server();
    assertThat(server.oidc().name()).isEqualTo("login.example");
    assertThat(server.oidc().scopes()).containsExactly("openid", "profile");
    assertThat(server.oidc().roleClaim()).isEqualTo("groups");
    assertThat(server.oidc().roles()).containsEntry("platform team", AccessRole.ADMIN);
    assertThat(server.role()).isEqualTo(AccessRole.NOBODY);
  }

  @Test
  void reportsEveryProblemOfFormAtOnce() throws IOException {
    List<String> problems =
        problemsOf(
            """
            server:
              listen: "a b"
              anonymous: root
              trusted-proxies: [proxy]
              rate-limit: {per-second: 0}
              oidc: {issuer: "ftp://x", roles: {}, client-id: x, client-secret: {env: X}}
            """);
    assertThat(problems)
        .anyMatch(line -> line.contains("server.listen: is not a host name"))
        .anyMatch(line -> line.contains("server.anonymous"))
        .anyMatch(line -> line.contains("server.trusted-proxies[0]"))
        .anyMatch(line -> line.contains("server.rate-limit.per-second"))
        .anyMatch(line -> line.contains("server.oidc.issuer"))
        .anyMatch(line -> line.contains("redirect"))
        .anyMatch(line -> line.contains("server.oidc.roles"))
        .hasSize(7);
  }

  @Test
  void reportsEveryProblemOfSenseAtOnce() throws IOException {
    List<String> problems =
        problemsOf(
            """
            server:
              listen: 0.0.0.0
              anonymous: admin
              rate-limit: {per-second: 10, burst: 5}
              oidc:
                issuer: http://login.example
                client-id: tocsin
                client-secret: {env: OIDC_SECRET}
                scopes: [profile]
                roles: {on-call: responder}
                redirect: https://elsewhere.example/api/v1/login/oidc/callback
            """);
    assertThat(problems)
        .anyMatch(line -> line.contains("server.listen: listens on all"))
        .anyMatch(line -> line.contains("server.anonymous: must be nobody"))
        .anyMatch(line -> line.contains("server.rate-limit.burst: is less"))
        .anyMatch(line -> line.contains("server.oidc.issuer: must be the https"))
        .anyMatch(line -> line.contains("server.oidc.scopes: must have openid"))
        .anyMatch(line -> line.contains("server.oidc.redirect: leads to elsewhere.example"))
        .hasSize(6);
  }

  @Test
  void aSecretThatStandsNowhereIsToldWithItsKey() throws IOException {
    assertThat(
            problemsOf(
                """
                server:
                  oidc:
                    issuer: https://login.example
                    client-id: tocsin
                    client-secret: {}
                    roles: {on-call: responder}
                    redirect: http://localhost:18080/api/v1/login/oidc/callback
                """))
        .singleElement()
        .asString()
        .contains("server.oidc.client-secret", "one of file and env");
  }

  private Config load(String text) throws Exception {
    Path file = directory.resolve("tocsin.yaml");
    Files.writeString(file, text);
    return new ConfigLoader().load(file);
  }

  private List<String> problemsOf(String text) throws IOException {
    ConfigException thrown = catchThrowableOfType(ConfigException.class, () -> load(text));
    return thrown.problems().stream().map(ConfigProblem::toString).toList();
  }
}
