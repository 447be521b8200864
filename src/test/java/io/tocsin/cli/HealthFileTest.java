package io.tocsin.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where a stage answers, as it is asked for and as it is told. */
class HealthFileTest {

  private static final String PROPERTY = "tocsin.health.file";

  @TempDir Path directory;

  @AfterEach
  void forget() {
    System.clearProperty(PROPERTY);
  }

  @Test
  void aStageThatListensEverywhereIsAskedOnLoopback() throws Exception {
    Path file = directory.resolve("health");
    System.setProperty(PROPERTY, file.toString());
    HealthFile.tell("http", "0.0.0.0", 18083);
    assertThat(Files.readAllLines(file))
        .containsExactly(
            "live http://127.0.0.1:18083/health/live", "ready http://127.0.0.1:18083/health/ready");
    HealthFile.tellLive("https", "streams-1", 1);
    assertThat(Files.readAllLines(file))
        .containsExactly(
            "live https://streams-1:1/health/live", "ready https://streams-1:1/health/live");
  }

  @Test
  void withoutSomebodyToTellNothingIsWrittenAndAFileThatCannotBeStopsNothing() {
    HealthFile.tell("http", "127.0.0.1", 1);
    System.setProperty(PROPERTY, directory.resolve("not/there").toString());
    HealthFile.tell("http", "127.0.0.1", 1);
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void anAddressIsAHostAndAPort() throws Exception {
    assertThat(HttpOption.Address.parse("10.0.0.5:0"))
        .isEqualTo(new HttpOption.Address("10.0.0.5", 0));
    for (String wrong : new String[] {"18083", "host:", "host:70000", "a b:1", "http://host:1"}) {
      assertThatThrownBy(() -> HttpOption.Address.parse(wrong))
          .as(wrong)
          .isInstanceOf(CommandFailure.class)
          .hasMessageContaining("must be HOST:PORT");
    }
  }
}
