package io.tocsin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class MainTest {

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "up",
        "demo",
        "streams",
        "respond",
        "heal",
        "audit",
        "topology",
        "status",
        "incidents",
        "notifier",
        "notify",
        "policies",
        "security",
        "check",
        "tuning",
        "version",
        "bench",
        "capacity"
      })
  void everyCommandHasHelpWithAnExample(String command) {
    assertThat(run(command, "--help")).isZero();
    assertThat(out.toString()).contains("Example");
  }

  @Test
  void aClassThatIsMissingIsTold() {
    CommandLine commandLine = Main.commandLine().addSubcommand("torn", new Torn());
    commandLine.setErr(new PrintWriter(err, true));
    assertThat(commandLine.execute("torn")).isEqualTo(1);
    assertThat(err.toString())
        .startsWith("tocsin: unexpected: java.lang.NoClassDefFoundError: io/tocsin/Gone;")
        .hasLineCount(1);
  }

  @CommandLine.Command
  private static final class Torn implements Runnable {
    @Override
    public void run() {
      throw new NoClassDefFoundError("io/tocsin/Gone");
    }
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
    assertThat(out.toString()).containsPattern("good: 2 checks, [0-9]+ rules, 1 actions");
  }

  @Test
  void theSamplePoliciesAreGood() {
    assertThat(run("policies", "check", "../deploy/policies/default.yaml")).isZero();
    assertThat(out.toString()).contains("good: 1 policies, 11 rules");
  }

  @Test
  void policiesAreNotAppliedToAClusterThatIsAway(@TempDir Path directory) throws Exception {
    Path config =
        Files.writeString(
            directory.resolve("away.yaml"),
            "cluster: {bootstrap-servers: \"127.0.0.1:1\", registry: \"http://127.0.0.1:1\"}");
    int exit =
        run("policies", "apply", "../deploy/policies/default.yaml", "--config", config.toString());

    assertThat(exit).isEqualTo(CommandFailure.NOT_RUNNING);
    assertThat(err.toString()).contains("no broker answers at 127.0.0.1:1");
  }

  @Test
  void theSecurityReportIsATableWithoutControlCharacters() throws Exception {
    SecurityCommand.print(
        Json.tree(
            """
            {"headline": "1 policies in force", "denied": {"critical": 3}, "audited": {},
             "byContainer": {"entries": [{"name": "container/\\u001b[2Jweb", "totals": {"high": 2}}],
               "folded": 1, "others": {"low": 9}},
             "byPolicy": {"entries": []},
             "latest": [{"at": "2026-01-01T12:00:00Z", "severity": "HIGH", "effect": "DENY",
               "action": "exec", "resource": "container/web", "reason": "<b>why</b>"}],
             "images": [{"scannedAt": "2026-01-01T12:00:00Z", "image": "shop:1", "newCritical": 1,
               "newHigh": 4, "fixed": null}], "troubles": []}
            """),
        new PrintWriter(out, true));

    assertThat(out.toString())
        .containsSubsequence(
            "1 policies in force",
            "denied",
            "BY CONTAINER",
            "container/?[2Jweb",
            "(others)",
            "<b>why</b>",
            "shop:1")
        .doesNotContain("\u001b");
  }

  @Test
  void aMissingConfigurationIsNamed() {
    assertThat(run("check", "no-such.yaml")).isEqualTo(CommandFailure.BAD_CONFIGURATION);
    assertThat(out.toString()).isEqualToIgnoringNewLines("no-such.yaml: there is no such file");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "status",
        "pause",
        "resume",
        "approve",
        "reject",
        "promote",
        "autonomy",
        "deployed",
        "keygen"
      })
  void everyWordOnHealingHasHelpWithAnExample(String word) {
    assertThat(run("heal", word, "--help")).isZero();
    assertThat(out.toString()).contains("Example");
  }

  @Test
  void keysAreMadeOnceAndNeverOverwritten(@TempDir Path directory) {
    assertThat(run("heal", "keygen", directory.toString())).isZero();
    assertThat(out.toString()).contains("plan-signing.key", "plan-signing.pub");
    assertThat(run("heal", "keygen", directory.toString())).isEqualTo(CommandFailure.REFUSED);
    assertThat(err.toString()).contains("is not overwritten");
  }

  @Test
  void aResponderOfItsOwnHasToBeToldWhoseSignatureHolds(@TempDir Path directory) throws Exception {
    Path config =
        Files.writeString(
            directory.resolve("respond.yaml"),
            "data-dir: "
                + directory
                + "\ncluster: {bootstrap-servers: \"127.0.0.1:1\", registry: \"http://127.0.0.1:1\"}");
    assertThat(run("respond", "--config", config.toString()))
        .isEqualTo(CommandFailure.BAD_CONFIGURATION);
    assertThat(err.toString()).contains("healing.signing.public-key: is missing");
  }

  @Test
  void aHeadThatIsNoneIsAUsageError() {
    assertThat(run("audit", "verify", "--head", "nonsense")).isEqualTo(2);
    assertThat(err.toString()).contains("SEQ:HASH");
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
