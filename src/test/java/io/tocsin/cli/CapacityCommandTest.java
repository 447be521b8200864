package io.tocsin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CapacityCommandTest {

  private static final String PRICES = "../deploy/prices.yaml";

  @TempDir private Path trace;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  /** Two VMs for ten days: one idle, one saturated. */
  @BeforeEach
  void writeTrace() throws IOException {
    write("idle", 4, 5);
    write("busy", 8, 100);
  }

  @ParameterizedTest
  @ValueSource(strings = {"forecast", "rightsize", "whatif", "cost", "choose", "report"})
  void everyQuestionHasHelpWithAnExample(String question) {
    assertThat(run(question, "--help")).isZero();
    assertThat(out.toString()).contains("Example");
  }

  @Test
  void whatIsFullComesFirst() {
    assertThat(run("forecast", "--trace", trace.toString(), "--figure", "cpu-percent")).isZero();
    assertThat(out.toString()).containsSubsequence("vm/busy", "0 d", "vm/idle", "not in 90 d");
  }

  @Test
  void sizesAreJsonForScripts() throws Exception {
    assertThat(run("rightsize", "--trace", trace.toString(), "--json")).isZero();
    JsonNode busy = Json.tree(out.toString()).get(0);
    assertThat(busy.get("verdict").asText()).isEqualTo("GROW");
    assertThat(busy.get("needs").asDouble()).isEqualTo(12);
    assertThat(busy.get("isFloor").asBoolean()).isTrue();
  }

  @Test
  void whetherItFitsIsTheExitCode() {
    String[] fits = {
      "whatif",
      "--trace",
      trace.toString(),
      "--hosts",
      "2",
      "--host-cores",
      "16",
      "--host-memory",
      "64"
    };
    assertThat(run(fits)).isZero();
    assertThat(out.toString()).contains("fits: 2 on 2 hosts", "no host may be lost");

    String[] grown = Arrays.copyOf(fits, fits.length + 2);
    grown[fits.length] = "--grow";
    grown[fits.length + 1] = "50";
    assertThat(run(grown)).isEqualTo(1);
    assertThat(out.toString()).contains("no room for vm/busy: 18.00 cores");
  }

  @Test
  void costsAreExplainedDownToTheirSources() {
    assertThat(run("cost", "--trace", trace.toString(), "--prices", PRICES, "--explain")).isZero();
    assertThat(out.toString())
        .contains("PROJECT, EUR", "vm/busy cores = 8.00 cores (the newest of its history)")
        .contains(
            "hardware per core = 4.00 EUR/month per core (../deploy/prices.yaml: vm.hardware.per-core");
  }

  @Test
  void choicesComeWithMovesAndManifests() {
    assertThat(run("choose", "--trace", trace.toString(), "--prices", PRICES)).isZero();
    assertThat(out.toString()).containsSubsequence("vm/busy", "vm/idle", "MOVE", "gradual");
    assertThat(run("choose", "--trace", trace.toString(), "--manifest")).isZero();
    assertThat(out.toString()).contains("kind: \"Deployment\"");
  }

  @Test
  void theReportIsOneFile() throws Exception {
    Path file = trace.resolve("report.html");

    assertThat(
            run("report", "--trace", trace.toString(), "--prices", PRICES, "-o", file.toString()))
        .isZero();
    assertThat(Files.readString(file)).startsWith("<!DOCTYPE html>").contains("vm/busy");
  }

  @Test
  void allThatIsWrongIsSaidAtOnce() {
    assertThat(run("forecast", "--trace", trace.toString(), "--zone", "Mars", "--level", "2"))
        .isEqualTo(CommandFailure.BAD_CONFIGURATION);
    assertThat(err.toString()).contains("--zone: Mars is not known").contains("--level: is not");
  }

  @Test
  void anUnknownFigureIsNamedWithThoseThereAre() {
    assertThat(run("forecast", "--trace", trace.toString(), "--figure", "happiness"))
        .isEqualTo(CommandFailure.BAD_CONFIGURATION);
    assertThat(err.toString())
        .contains("there is no happiness that fills up; write one of cpu-percent");
  }

  @Test
  void aTraceThatIsNotThereIsNamed() {
    assertThat(run("rightsize", "--trace", trace.resolve("none").toString()))
        .isEqualTo(CommandFailure.BAD_CONFIGURATION);
    assertThat(err.toString()).contains("the trace cannot be read");
  }

  @Test
  void nothingThatMatchesIsSaidWithAnExample() {
    assertThat(run("rightsize", "--trace", trace.toString(), "--resource", "host/*"))
        .isEqualTo(CommandFailure.BAD_CONFIGURATION);
    assertThat(err.toString()).contains("none of 2 resources matches host/*; one of them is vm/");
  }

  @Test
  void withoutAnInstallationItSaysWhatToDo() {
    assertThat(run("rightsize", "--data-dir", trace.resolve("empty").toString()))
        .isEqualTo(CommandFailure.BAD_CONFIGURATION);
    assertThat(err.toString()).contains("there is no history in").contains("start tocsin up");
  }

  private int run(String... arguments) {
    String[] all = new String[arguments.length + 1];
    all[0] = "capacity";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    return Main.commandLine()
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(all);
  }

  private void write(String name, int cores, int percent) throws IOException {
    StringBuilder text =
        new StringBuilder(
            "Timestamp [ms];\tCPU cores;\tCPU usage [%];\tMemory capacity provisioned [KB];"
                + "\tMemory usage [KB]\n");
    for (int i = 0; i < 10 * 288; i++) {
      text.append(
          String.format(
              Locale.ROOT,
              "%d;\t%d;\t%d;\t8388608;\t2097152%n",
              1_375_308_000L + 300L * i,
              cores,
              percent));
    }
    Files.writeString(trace.resolve(name + ".csv"), text);
  }
}
