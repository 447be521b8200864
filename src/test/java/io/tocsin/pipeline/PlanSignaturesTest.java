package io.tocsin.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tocsin.alerting.healing.signature.PlanKeys;
import io.tocsin.config.Config;
import io.tocsin.config.ConfigLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanSignaturesTest {

  @TempDir Path directory;

  private Config config(String healing) throws Exception {
    return new ConfigLoader()
        .load(
            Files.writeString(
                directory.resolve("tocsin.yaml"),
                "data-dir: " + directory.resolve("data") + "\n" + healing));
  }

  @Test
  void aPairOfItsOwnIsMadeAmongTheSecretsAndUsedByBoth() throws Exception {
    Config config = config("");
    PlanSignatures.createMissing(config);
    assertThat(PlanSignatures.privateKey(config))
        .exists()
        .isEqualTo(directory.resolve("data/secrets/plan-signing.key"));
    assertThat(PlanSignatures.here(config)).isNotNull();
  }

  @Test
  void withKeysOfTheOperatorNoneAreMade() throws Exception {
    PlanKeys keys = PlanKeys.create(directory.resolve("keys"));
    Config config = config("healing: {signing: {private-key: \"" + keys.privateKey() + "\"}}");
    PlanSignatures.createMissing(config);
    assertThat(directory.resolve("data/secrets")).doesNotExist();
    assertThat(PlanSignatures.privateKey(config)).isEqualTo(keys.privateKey());
    assertThat(PlanSignatures.here(config)).isNotNull();
  }

  @Test
  void aResponderElsewhereHasToBeToldWhoseSignatureHolds() throws Exception {
    assertThatThrownBy(() -> PlanSignatures.elsewhere(config("")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("healing.signing.public-key: is missing");
    assertThat(PlanSignatures.elsewhere(config("healing: {signing: {required: false}}")))
        .isNotNull();
  }
}
