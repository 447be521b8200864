package io.tocsin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NotifyCommandTest {

  private static final String CONFIG =
      """
      notifications:
        console: https://tocsin.example.org/
        channels:
          - {name: log, via: {log: {}}}
          - {name: hook, via: {webhook: {url: "http://127.0.0.1:1/x"}}, fallback: log}
        route:
          channels: [log]
          routes:
            - {match: {priority: "P0,P1"}, channels: [hook], continue: true}
            - {match: {service: shop, label.team: web}, channels: [log], group-wait: 30s}
      """;

  @TempDir Path directory;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private String config;

  @BeforeEach
  void write() throws Exception {
    config = Files.writeString(directory.resolve("tocsin.yaml"), CONFIG).toString();
  }

  @Test
  void saysWhichChannelsAndByWhichBranches() {
    assertThat(
            run(
                "route",
                "--priority",
                "p1",
                "--service",
                "shop",
                "--label",
                "team=web",
                "-c",
                config))
        .isZero();
    assertThat(out.toString())
        .contains("hook")
        .contains("root -> routes[0] (priority: P0,P1; continue)")
        .contains("with others, after 30 s");
  }

  @Test
  void showsTheWordsOfEachChannelAndSendsNothing() {
    assertThat(run("render", "-c", config)).isZero();
    assertThat(out.toString()).contains("--- log (log)", "--- hook (webhook)", "endpoint/shop");
  }

  @Test
  void sendsAPageAndItsEndAndSaysWhatCameOfIt() {
    assertThat(run("test", "log", "-c", config)).isZero();
    assertThat(out.toString()).contains("PAGE     accepted", "RESOLVED accepted");
  }

  @Test
  void saysWhyAReceiverHasNotGotIt() {
    assertThat(run("test", "hook", "-c", config)).isEqualTo(CommandFailure.REFUSED);
    assertThat(out.toString()).contains("PAGE", "loopback").doesNotContain("RESOLVED");
  }

  @Test
  void namesTheChannelsThereAreWhenOneIsMisspelt() {
    assertThat(run("test", "lgo", "-c", config)).isEqualTo(2);
    assertThat(err.toString()).contains("there is no channel lgo", "log, hook");
  }

  @Test
  void namesTheStatesThereAreWhenOneIsMisspelt() {
    assertThat(run("deliveries", "--state", "lost")).isEqualTo(2);
    assertThat(err.toString()).contains("there is no state lost", "failed-temporary");
  }

  private int run(String... arguments) {
    String[] all = new String[arguments.length + 1];
    all[0] = "notify";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    return Main.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(all);
  }
}
