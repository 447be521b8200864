package io.tocsin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.schemas.seal.AgentKey;
import io.tocsin.schemas.seal.FleetSecret;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgentsCommandTest {

  @TempDir Path directory;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(Object... arguments) {
    String[] words = new String[arguments.length];
    for (int i = 0; i < words.length; i++) {
      words[i] = arguments[i].toString();
    }
    return Main.commandLine()
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(words);
  }

  @Test
  void aKeyIsMadeOfTheFleetsSecretAndNeitherIsPrinted() throws Exception {
    Path fleet = directory.resolve("fleet");
    Path key = directory.resolve("web-1.key");

    assertThat(run("agents", "keygen", "--out", fleet)).isZero();
    assertThat(run("agents", "enrol", "--id", "web-1", "--secret", fleet, "--out", key)).isZero();

    String secret = Files.readString(fleet).strip();
    AgentKey made = AgentKey.parse(Files.readString(key).strip());
    assertThat(made.text()).isEqualTo(new FleetSecret(secret).keyOf("web-1").text());
    for (Path file : new Path[] {fleet, key}) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
    }
    assertThat(out.toString())
        .contains("cluster: {seal:", "agent: {id: web-1, seal:")
        .doesNotContain(secret, made.text());
  }

  @Test
  void nothingIsOverwritten() {
    Path fleet = directory.resolve("fleet");

    assertThat(run("agents", "keygen", "--out", fleet)).isZero();

    assertThat(run("agents", "keygen", "--out", fleet)).isEqualTo(CommandFailure.REFUSED);
    assertThat(err.toString()).contains("is not overwritten");
  }

  @Test
  void aSecretThatIsNoneAndAnIdThatIsNoneAreSaid() throws Exception {
    Path poor = Files.writeString(directory.resolve("poor"), "hunter2");
    Path fleet = directory.resolve("fleet");
    Path key = directory.resolve("key");
    run("agents", "keygen", "--out", fleet);

    assertThat(run("agents", "enrol", "--id", "web-1", "--secret", poor, "--out", key))
        .isEqualTo(CommandFailure.BAD_CONFIGURATION);
    assertThat(err.toString()).contains("tocsin agents keygen").doesNotContain("hunter2");
    assertThat(run("agents", "enrol", "--id", "Web 1", "--secret", fleet, "--out", key))
        .isEqualTo(2);
    assertThat(key).doesNotExist();
  }
}
