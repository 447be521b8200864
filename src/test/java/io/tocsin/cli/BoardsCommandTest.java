package io.tocsin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class BoardsCommandTest {

  @TempDir Path temp;

  @Test
  void writesTheBoardsOfTheStoreThatIsAskedFor() throws IOException {
    Path directory = temp.resolve("new/boards");

    assertThat(run("boards", directory.toString(), "--store", "influxdb1").code()).isZero();

    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files).hasSize(11);
    }
    assertThat(Files.readString(directory.resolve("tocsin-host.json")))
        .contains("FROM \\\"tocsin_1m\\\".\\\"windows_1m\\\"");
  }

  @Test
  void aDirectoryThatIsAFileIsRefused() throws IOException {
    Path file = Files.createFile(temp.resolve("file"));

    Ran ran = run("boards", file.toString());

    assertThat(ran.code()).isEqualTo(8);
    assertThat(ran.said()).contains("the boards cannot be written to " + file);
  }

  private record Ran(int code, String said) {}

  private static Ran run(String... arguments) {
    StringWriter said = new StringWriter();
    CommandLine line = Main.commandLine().setErr(new PrintWriter(said, true));
    line.setOut(new PrintWriter(said, true));
    return new Ran(line.execute(arguments), said.toString());
  }
}
