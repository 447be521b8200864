package io.tocsin.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretTest {

  @TempDir Path temp;

  @Test
  void isMadeOnceAndKept() throws Exception {
    String made = Secret.in(file());
    assertThat(made).matches("[A-Za-z0-9_-]{32}");
    assertThat(Secret.in(file())).isEqualTo(made);
    assertThat(Secret.in(temp.resolve("another"))).isNotEqualTo(made);
  }

  @Test
  void onlyItsOwnerMayReadIt() throws Exception {
    Secret.in(file());
    assertThat(mode()).isEqualTo("rw-------");
  }

  @Test
  void aFileThatOthersMayReadIsNarrowed() throws Exception {
    Files.writeString(file(), "chosen-by-hand\n");
    Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-r--r--"));
    assertThat(Secret.in(file())).isEqualTo("chosen-by-hand");
    assertThat(mode()).isEqualTo("rw-------");
  }

  @Test
  void anEmptyFileFromAnInterruptedStartIsReplaced() throws Exception {
    Files.writeString(file(), "");
    assertThat(Secret.in(file())).hasSize(32);
  }

  private Path file() {
    return temp.resolve("questdb");
  }

  private String mode() throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file()));
  }
}
