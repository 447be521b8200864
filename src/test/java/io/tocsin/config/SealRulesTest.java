package io.tocsin.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tocsin.collectors.policy.ClassificationConfig.Action;
import io.tocsin.schemas.seal.FleetSecret;
import io.tocsin.schemas.seal.SealPolicy;
import io.tocsin.schemas.seal.SealPolicy.Mode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SealRulesTest {

  private static final String SECRET = "0123456789abcdef0123456789abcdef";

  @TempDir Path directory;

  private Path fleet;
  private Path key;

  @BeforeEach
  void files() throws Exception {
    fleet = Files.writeString(directory.resolve("fleet"), SECRET);
    key =
        Files.writeString(directory.resolve("key"), new FleetSecret(SECRET).keyOf("web-1").text());
  }

  private Config load(String seal, String agent) throws Exception {
    Path file =
        Files.writeString(
            directory.resolve("tocsin.yaml"),
            """
            cluster: {bootstrap-servers: "kafka:9093", registry: "http://registry:8081", seal: %s}
            agent: %s
            """
                .formatted(seal, agent));
    return new ConfigLoader().load(file);
  }

  private String problems(String seal, String agent) {
    ConfigException refused = catchThrowableOfType(ConfigException.class, () -> load(seal, agent));
    return refused == null ? "" : refused.getMessage();
  }

  @Test
  void whatIsWrittenIsWhatReadersAsk() throws Exception {
    Config config =
        load(
            "{mode: warn, secret: {file: %s}, speaks-for: {hyp-1: [\"vm/*\"]}}".formatted(fleet),
            "{id: web-1, seal: {file: %s}}".formatted(key));

    SealPolicy seal = config.cluster().address().seal();
    assertThat(seal.mode()).isEqualTo(Mode.WARN);
    assertThat(seal.speaksFor()).containsEntry("hyp-1", List.of("vm/*"));
    assertThat(config.agent().seal().file()).isEqualTo(key.toString());
  }

  @Test
  void aModeThatIgnoresNeedsNoSecret() throws Exception {
    assertThat(load("{mode: ignore}", "{}").cluster().seal().mode()).isEqualTo(Mode.IGNORE);
  }

  @Test
  void allThatIsWrongIsSaidAtOnceAndNoSecretInIt() {
    assertThat(
            problems(
                "{secret: {file: %s}, previous: {file: /nowhere/old}}".formatted(key),
                "{seal: {file: %s}}".formatted(fleet)))
        .contains("cluster.seal.previous")
        .contains("/nowhere/old")
        .contains("agent.seal")
        .contains("tocsin agents enrol")
        .doesNotContain(SECRET);
    assertThat(problems("{mode: enforce}", "{}"))
        .contains("cluster.seal")
        .contains("write secret, or mode: ignore");
    assertThat(
            problems(
                "{secret: {file: %s}, speaks-for: {a: [\"service/*\"]}}".formatted(fleet), "{}"))
        .contains("cluster.seal.speaks-for.a[0]");
  }

  @Test
  void aClassificationIsReadAndTheAgentsKeyHashesWhereItHasNone() throws Exception {
    Config config =
        load(
            "{mode: ignore}",
            "{seal: {file: %s}, classification: {internal-names: [user], secret-action: hash}}"
                .formatted(key));

    assertThat(config.agent().policies().classification().internalNames()).containsExactly("user");
    assertThat(config.agent().policies().classification().secretAction()).isEqualTo(Action.HASH);
    assertThat(config.agent().policies().classification().key()).isEqualTo(config.agent().seal());
  }

  @Test
  void secretsThatAreToBeKeptAreRefused() {
    assertThat(problems("{mode: ignore}", "{classification: {secret-action: keep}}"))
        .contains("agent.classification.secret-action");
  }
}
