package io.tocsin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class MainTest {

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @ParameterizedTest
  @ValueSource(
      strings = {"up", "demo", "streams", "topology", "status", "incidents", "check", "version"})
  void everyCommandHasHelpWithAnExample(String command) {
    assertThat(run(command, "--help")).isZero();
    assertThat(out.toString()).contains("Example");
  }

  @Test
  void theVersionsAreFilledInByTheBuild() throws Exception {
    assertThat(run("version", "--json")).isZero();
    Json.tree(out.toString())
        .properties()
        .forEach(
            entry -> assertThat(entry.getValue().asText()).as(entry.getKey()).matches("\\d.*"));
  }

  @Test
  void theSampleConfigurationIsGood() {
    assertThat(run("check", Path.of("../deploy/tocsin.yaml").toString())).isZero();
    assertThat(out.toString()).contains("good: 2 checks, 2 rules, 1 actions");
  }

  @Test
  void aMissingConfigurationIsNamed() {
    assertThat(run("check", "no-such.yaml")).isEqualTo(CommandFailure.BAD_CONFIGURATION);
    assertThat(out.toString()).isEqualToIgnoringNewLines("no-such.yaml: there is no such file");
  }

  @Test
  void anUnknownCommandIsAUsageError() {
    assertThat(run("upp")).isEqualTo(CommandLine.ExitCode.USAGE);
    assertThat(err.toString()).contains("upp");
  }

  @Test
  void completionForTheShellIsPrinted() {
    assertThat(run("generate-completion")).isZero();
    assertThat(out.toString()).contains("tocsin").contains("incidents");
  }

  @Test
  void controlCharactersFromOutsideDoNotReachTheTerminal() {
    assertThat(Terminal.plain("a\u001b[2Jb\r\n")).isEqualTo("a?[2Jb??");
  }

  private int run(String... arguments) {
    return Main.commandLine()
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(arguments);
  }
}
