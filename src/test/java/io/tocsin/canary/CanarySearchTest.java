package io.tocsin.canary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The search finds what was planted; else its silence would say nothing. */
class CanarySearchTest {

  private static final String PLANTED = "not-a-real-secret-5d41402abc4b2a76";

  @TempDir Path directory;

  private Path log(String text) throws Exception {
    Path logs = Files.createDirectories(directory.resolve("data/logs"));
    return Files.writeString(logs.resolve("tocsin.log"), text);
  }

  @Test
  void aPlantedSecretIsFoundWithItsPlaceAndNotRepeated() throws Exception {
    Path register = Files.writeString(directory.resolve("list"), PLANTED + "\twebhook token\n");
    log("all is well\nsent with Bearer " + PLANTED + "\n");

    assertThatThrownBy(
            () -> CanarySearch.main(new String[] {register.toString(), directory.toString()}))
        .hasMessageContaining("tocsin.log:2: webhook token")
        .hasMessageNotContaining(PLANTED);
  }

  @Test
  void whatAnInstallationMadeForItselfCountsToo() throws Exception {
    Path secrets = Files.createDirectories(directory.resolve("data/secrets"));
    Files.writeString(secrets.resolve("questdb"), PLANTED);
    Files.writeString(directory.resolve("tocsin-1.out"), "password " + PLANTED);

    assertThatThrownBy(() -> CanaryWatch.requireNone(directory))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("what stands in questdb")
        .hasMessageNotContaining(PLANTED);
  }

  @Test
  void aSecretWhereItBelongsIsNoFinding() throws Exception {
    Path secrets = Files.createDirectories(directory.resolve("data/secrets"));
    Files.writeString(secrets.resolve("questdb"), PLANTED);
    log("all is well");

    assertThatCode(() -> CanaryWatch.requireNone(directory)).doesNotThrowAnyException();
    assertThat(CanarySearch.printed(directory)).hasSize(1);
  }
}
