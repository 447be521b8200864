package io.tocsin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

final class PlanCommandTest {

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... arguments) {
    CommandLine line = Main.commandLine();
    line.setOut(new PrintWriter(out));
    line.setErr(new PrintWriter(err));
    return line.execute(arguments);
  }

  @Test
  void aMillionResourcesSayWhatGivesWayBeforeThem() {
    assertThat(run("plan", "--resources", "1000000", "--interval", "10s", "--figures")).isZero();
    assertThat(out.toString())
        .contains("100,000 samples/s")
        .contains("--create-topics --partitions")
        .containsPattern("! +100,000 +history\\.max-series")
        .contains("bench --resources 100000");
  }

  @Test
  void aScriptReadsTheSameAsJson() throws Exception {
    assertThat(run("plan", "--resources", "10000", "--json")).isZero();
    assertThat(Json.tree(out.toString()).path("stages").size()).isEqualTo(7);
    assertThat(Json.tree(out.toString()).path("partitions").asInt()).isGreaterThanOrEqualTo(4);
  }

  @Test
  void whatCannotBeIsRefusedAllAtOnce() {
    assertThat(run("plan", "--resources", "0", "--copies", "0")).isEqualTo(2);
    assertThat(err.toString()).contains("--resources").contains("--copies");
  }

  @Test
  void aBenchThatIsNoneIsNamed() {
    assertThat(run("plan", "--resources", "10", "--bench", "/nowhere.json")).isEqualTo(3);
    assertThat(err.toString()).contains("/nowhere.json");
  }
}
