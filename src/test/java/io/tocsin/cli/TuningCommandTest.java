package io.tocsin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TuningCommandTest {

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void theCatalogueIsListedByKind() {
    assertThat(run("tuning", "--kind", "cpu")).isZero();
    assertThat(out.toString())
        .contains("cpu-steal-pin", "steal-percent >= 10", "always")
        .doesNotContain("memory-");
  }

  @Test
  void oneEntryIsToldInFull() {
    assertThat(run("tuning", "--id", "memory-vm-balloon")).isZero();
    assertThat(out.toString())
        .contains("command  virsh setmem <domain> <size> --live", "<size>: ", "risk ", "source ");
  }

  @Test
  void scriptsGetJson() throws Exception {
    assertThat(run("tuning", "--json")).isZero();
    JsonNode all = Json.tree(out.toString());
    assertThat(all.size()).isGreaterThanOrEqualTo(25);
    assertThat(all.get(0).path("appliesTo").isArray()).isTrue();
    assertThat(all.get(0).path("command").asText()).isNotEmpty();
  }

  @Test
  void anUnknownEntryAndABadFileAreSaid(@TempDir Path directory) throws Exception {
    assertThat(run("tuning", "--id", "none")).isEqualTo(2);
    assertThat(err.toString()).contains("there is no such entry: none");
    Path file = Files.writeString(directory.resolve("ours.yaml"), "- id: x\n");
    assertThat(run("tuning", "--catalogue", file.toString()))
        .isEqualTo(CommandFailure.BAD_CONFIGURATION);
    assertThat(err.toString()).contains("entry 1 (x): title: is missing");
  }

  private int run(String... arguments) {
    return Main.commandLine()
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(arguments);
  }
}
