package io.tocsin.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ClusterRulesTest {

  @TempDir private Path directory;

  private String problems(String registry, String security) throws Exception {
    Path file =
        Files.writeString(
            directory.resolve("tocsin.yaml"),
            """
            cluster:
              bootstrap-servers: kafka:9093
              registry: %s
              security: %s
            """
                .formatted(registry, security));
    ConfigException refused =
        catchThrowableOfType(ConfigException.class, () -> new ConfigLoader().load(file));
    return refused == null ? "" : refused.getMessage();
  }

  @Test
  void anAccountOverTlsIsTaken() throws Exception {
    Path password = Files.writeString(directory.resolve("password"), "s3cret");

    assertThat(
            problems(
                "https://registry:8443", "{user: web-1, password: {file: %s}}".formatted(password)))
        .isEmpty();
  }

  @Test
  void allThatIsMissingIsSaidAtOnce() throws Exception {
    assertThat(problems("http://registry:8081", "{ca: /nowhere/ca.pem}"))
        .contains("cluster.registry: must be https")
        .contains("there is no file /nowhere/ca.pem")
        .contains("says nothing of who this stage is");
  }

  @Test
  void halfAnAccountIsRefusedWithItsPlace() throws Exception {
    assertThat(problems("https://registry:8443", "{user: web-1}"))
        .contains("cluster.security")
        .contains("user and password belong together");
  }
}
