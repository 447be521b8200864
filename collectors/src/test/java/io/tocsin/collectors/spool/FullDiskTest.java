package io.tocsin.collectors.spool;

import static io.tocsin.collectors.spool.SpoolTest.sequences;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a spool does when the disk takes half of a write, or none, or will not sync. */
class FullDiskTest {

  @TempDir Path temp;

  private boolean full;
  private boolean stuck;
  private boolean syncFails;

  /** Writes half of what it is given when it is full, and cannot be cut when it is stuck. */
  private final Disk disk =
      path -> {
        Disk.Handle real = Disk.real().create(path);
        return new Disk.Handle() {
          @Override
          public void write(ByteBuffer bytes) throws IOException {
            if (full) {
              real.write(bytes.slice(bytes.position(), bytes.remaining() / 2));
              throw new IOException("No space left on device");
            }
            real.write(bytes);
          }

          @Override
          public void truncate(long size) throws IOException {
            if (stuck) {
              throw new IOException("Input/output error");
            }
            real.truncate(size);
          }

          @Override
          public void force() throws IOException {
            if (syncFails) {
              throw new IOException("Input/output error");
            }
            real.force();
          }

          @Override
          public void close() throws IOException {
            real.close();
          }
        };
      };

  private SpoolFixture fixture() {
    SpoolFixture fixture = new SpoolFixture(temp.resolve("spool"));
    fixture.disk = disk;
    return fixture;
  }

  @Test
  void whatIsRefusedIsForgottenWholeAndCanBeOfferedAgain() throws IOException {
    SpoolFixture fixture = fixture();
    try (Spool spool = fixture.open()) {
      SpoolFixture.write(spool, 0, 3);
      full = true;
      assertThatThrownBy(() -> SpoolFixture.write(spool, 3, 1)).hasMessageContaining("No space");
      assertThat(spool.next()).isEqualTo(3);
      full = false;
      SpoolFixture.write(spool, 3, 2);

      assertThat(SpoolFixture.read(spool)).isEqualTo(sequences(0, 5));
      SpoolFixture left = fixture.killed();
      try (Spool again = left.open()) {
        assertThat(SpoolFixture.read(again)).isEqualTo(sequences(0, 5));
      }
      assertThat(left.lost).isEmpty();
    }
    assertThat(fixture.lost).isEmpty();
  }

  @Test
  void aTornTailThatCannotBeCutStaysBehindInItsSegment() throws IOException {
    SpoolFixture fixture = fixture();
    try (Spool spool = fixture.open()) {
      SpoolFixture.write(spool, 0, 3);
      full = true;
      stuck = true;
      assertThatThrownBy(() -> SpoolFixture.write(spool, 3, 1)).hasMessageContaining("No space");
      assertThatThrownBy(() -> SpoolFixture.write(spool, 3, 1)).hasMessageContaining("No space");
      full = false;
      SpoolFixture.write(spool, 3, 2);

      assertThat(fixture.segments()).hasSize(2);
      SpoolFixture left = fixture.killed();
      assertThat(SpoolFixture.read(spool)).isEqualTo(sequences(0, 5));
      try (Spool again = left.open()) {
        assertThat(SpoolFixture.read(again)).isEqualTo(sequences(0, 5));
      }
      assertThat(left.lost).isEmpty();
    }
    assertThat(fixture.lost).isEmpty();
  }

  @Test
  void aDiskThatIsFullFromTheStartIsTriedAgain() throws IOException {
    full = true;
    SpoolFixture fixture = fixture();
    try (Spool spool = fixture.open()) {
      for (int i = 0; i < 3; i++) {
        assertThatThrownBy(() -> SpoolFixture.write(spool, 0, 1)).hasMessageContaining("No space");
      }
      full = false;
      SpoolFixture.write(spool, 0, 2);
      assertThat(SpoolFixture.read(spool)).containsExactly(0L, 1L);
    }
    assertThat(fixture.lost).isEmpty();
  }

  @Test
  void nothingMoreGoesIntoAFileWhoseSyncFailed() throws IOException {
    SpoolFixture fixture = fixture();
    try (Spool spool = fixture.open()) {
      SpoolFixture.write(spool, 0, 3);
      syncFails = true;
      assertThatThrownBy(spool::sync).hasMessageContaining("Input/output");
      syncFails = false;
      SpoolFixture.write(spool, 3, 1);
      spool.sync();

      assertThat(fixture.segments()).hasSize(2);
      assertThat(SpoolFixture.read(spool)).isEqualTo(sequences(0, 4));
    }
  }

  @Test
  void thereIsNothingToSyncOnceAllIsAcknowledged() throws IOException {
    try (Spool spool = fixture().open()) {
      SpoolFixture.write(spool, 0, 3);
      assertThat(spool.needsSync()).isTrue();
      spool.acknowledge(3);
      assertThat(spool.needsSync()).isFalse();
    }
  }
}
