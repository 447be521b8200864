package io.tocsin.collectors.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.collectors.Problem;
import io.tocsin.collectors.host.FilesystemStat.Answer;
import io.tocsin.schemas.Health;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
class StatvfsTest {

  @TempDir Path folder;

  @Test
  void theCLibraryAndTheJdkAgreeOnTheSize() {
    Answer.Usage ours = (Answer.Usage) new Statvfs().of("/");
    Answer.Usage jdks = (Answer.Usage) new FileStoreStat().of("/");

    assertThat(ours.totalBytes()).isEqualTo(jdks.totalBytes());
    assertThat(ours.availableBytes()).isBetween(1L, ours.totalBytes());
    assertThat(jdks.inodes()).isNull();
  }

  @Test
  void aPathOfAnyBytesIsAsked() throws Exception {
    Path named = Files.createDirectory(folder.resolve("größe"));
    byte[] bytes = named.toString().getBytes(StandardCharsets.UTF_8);
    String path = new String(bytes, StandardCharsets.ISO_8859_1);

    assertThat(new Statvfs().of(path)).isInstanceOf(Answer.Usage.class);
  }

  @Test
  void aPlaceThatIsNotThereIsUnknownAndSaysWhy() {
    for (FilesystemStat stat : List.of(new Statvfs(), new FileStoreStat())) {
      Answer.Failure failure = (Answer.Failure) stat.of("/no/such/place");

      assertThat(failure.health()).isEqualTo(Health.UNKNOWN);
      assertThat(failure.evidence()).containsAnyOf("No such file", "NoSuchFile");
    }
  }

  @Test
  void inodesAreCountedOnlyIfWanted() {
    List<Problem> problems = new ArrayList<>();

    assertThat(Filesystems.stat(true, problems::add)).isInstanceOf(Statvfs.class);
    assertThat(Filesystems.stat(false, problems::add)).isInstanceOf(FileStoreStat.class);
    assertThat(problems).isEmpty();
  }
}
