package io.tocsin.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFormatTest {

  @TempDir Path temp;
  private DataDirectory data;

  @BeforeEach
  void create() throws IOException {
    data = new DataDirectory(temp.resolve("data"));
    data.create();
  }

  private Path file() {
    return data.root().resolve("format");
  }

  @Test
  void aDirectoryOfBeforeThereWasAFormatIsTakenAndMarked() throws IOException {
    assertThat(data.claim()).isEmpty();
    assertThat(file()).content().contains("written=1", "readable-from=1");
    assertThat(data.claim()).isEmpty();
  }

  @Test
  void whatANewerVersionWroteAndAnOlderOnePassesOverMayBeGoneBackTo() throws IOException {
    assertThat(DataFormat.claim(data, new DataFormat(3, 1))).isEmpty();
    assertThat(DataFormat.claim(data, new DataFormat(2, 1))).isEmpty();
    assertThat(file()).content().contains("written=3", "readable-from=1");
  }

  @Test
  void whatAnOlderVersionWouldMisreadIsRefusedAndLeftAsItIs() throws IOException {
    assertThat(DataFormat.claim(data, new DataFormat(3, 3))).isEmpty();
    String before = Files.readString(file());
    assertThat(DataFormat.claim(data, new DataFormat(2, 1)))
        .hasValueSatisfying(
            why ->
                assertThat(why)
                    .contains(data.root().toString(), "newer version", "format 3", "has 2")
                    .contains("start that version again"));
    assertThat(file()).content().isEqualTo(before);
  }

  @Test
  void onceRaisedItStaysRaisedForThoseWhoCanReadIt() throws IOException {
    assertThat(DataFormat.claim(data, new DataFormat(2, 2))).isEmpty();
    assertThat(DataFormat.claim(data, new DataFormat(3, 1))).isEmpty();
    assertThat(file()).content().contains("written=3", "readable-from=2");
  }

  @Test
  void aFileThatMakesNoSenseIsRefusedRatherThanGuessed() throws IOException {
    for (String text : new String[] {"", "written=x\nreadable-from=1\n", "written=\\u12"}) {
      Files.writeString(file(), text);
      assertThat(data.claim())
          .as(text)
          .hasValueSatisfying(why -> assertThat(why).contains("format"));
      assertThat(file()).content().isEqualTo(text);
    }
  }

  @Test
  void theInstallationDoesNotStartOnWhatItWouldMisread() throws IOException {
    Files.writeString(file(), "written=9\nreadable-from=9\n");
    assertThatThrownBy(() -> new Preflight(data, Ports.free(), 0).pass())
        .isInstanceOfSatisfying(
            PreflightFailure.class,
            failure -> {
              assertThat(failure.exitCode()).isEqualTo(ExitCode.DATA_DIRECTORY_UNUSABLE);
              assertThat(failure.problems()).hasSize(1);
            })
        .hasMessageContaining("newer version");
  }
}
