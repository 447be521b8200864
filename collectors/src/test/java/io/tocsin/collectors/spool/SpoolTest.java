package io.tocsin.collectors.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tocsin.schemas.Probe;
import io.tocsin.schemas.topic.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolTest {

  @TempDir Path temp;
  private SpoolFixture fixture;

  @BeforeEach
  void directory() {
    fixture = new SpoolFixture(temp.resolve("spool"));
  }

  @Test
  void whatIsCommittedComesBackInOrderAndWhole() throws IOException {
    try (Spool spool = fixture.open()) {
      SpoolFixture.write(spool, 0, 3);
      spool.add(new Outgoing.Removal(Topics.RESOURCES, "container/wörk"), 5_000);
      spool.commit();
      spool.release(3);

      Spooled first = spool.reader().next();
      assertThat(first).isEqualTo(new Spooled(0, 1_000, SpoolFixture.probe(0)));
      assertThat(spool.reader().next().number()).isEqualTo(1);
      assertThat(spool.reader().next().number()).isEqualTo(2);
      assertThat(spool.reader().next())
          .isEqualTo(
              new Spooled(3, 5_000, new Outgoing.Removal(Topics.RESOURCES, "container/wörk")));
      assertThat(spool.reader().next()).isNull();
      SpoolFixture.write(spool, 4, 1);
      assertThat(SpoolFixture.read(spool)).containsExactly(4L);
    }
  }

  @Test
  void aKilledProcessLosesNothingThatWasCommitted() throws IOException {
    try (Spool spool = fixture.open()) {
      SpoolFixture.write(spool, 0, 1_000);
      spool.add(SpoolFixture.probe(1_000), 0);
      SpoolFixture left = fixture.killed();
      try (Spool again = left.open()) {
        assertThat(SpoolFixture.read(again)).isEqualTo(sequences(0, 1_000));
        assertThat(again.next()).isEqualTo(1_000);
      }
      assertThat(left.lost).isEmpty();
    }
  }

  @Test
  void afterARestartOnlyWhatWasNotAcknowledgedComesBack() throws IOException {
    try (Spool spool = fixture.open()) {
      SpoolFixture.write(spool, 0, 1_000);
      SpoolFixture.read(spool);
      spool.acknowledge(700);
    }
    try (Spool again = fixture.open()) {
      assertThat(SpoolFixture.read(again)).isEqualTo(sequences(700, 1_000));
      SpoolFixture.write(again, 1_000, 2);
      assertThat(SpoolFixture.read(again)).containsExactly(1_000L, 1_001L);
      again.acknowledge(1_002);
    }
    try (Spool again = fixture.open()) {
      assertThat(SpoolFixture.read(again)).isEmpty();
      assertThat(again.next()).as("numbers go on").isEqualTo(1_002);
    }
    assertThat(fixture.segments()).isEmpty();
    assertThat(fixture.lost).isEmpty();
  }

  @Test
  void acknowledgedSegmentsAreDeletedWhileItRuns() throws IOException {
    try (Spool spool = fixture.open()) {
      SpoolFixture.write(spool, 0, 3_000);
      int before = fixture.segments().size();
      assertThat(before).isGreaterThan(3);

      spool.acknowledge(3_000);

      assertThat(fixture.segments()).hasSize(1);
      assertThat(spool.records()).isZero();
      assertThat(spool.bytes()).isEqualTo(Files.size(fixture.segments().get(0)));
    }
  }

  @Test
  void whenItIsFullTheOldestSegmentGoesAndEveryRecordOfItIsCounted() throws IOException {
    fixture.limits = new Spool.Limits(128 << 10, 16 << 10);
    try (Spool spool = fixture.open()) {
      SpoolFixture.write(spool, 0, 100);
      for (int i = 0; i < 50; i++) {
        spool.reader().next();
      }
      SpoolFixture.write(spool, 100, 4_900);

      assertThat(spool.bytes()).isLessThanOrEqualTo(128 << 10);
      assertThat(spool.bytes()).isEqualTo(size());
      List<Long> left = SpoolFixture.read(spool);
      long lost = fixture.lost.get(Losses.FULL);
      assertThat(left).isEqualTo(sequences(5_000 - left.size(), 5_000)).isNotEmpty();
      assertThat(50 + lost + left.size()).isEqualTo(5_000);
      assertThat(fixture.lost).containsOnlyKeys(Losses.FULL);
    }
  }

  @Test
  void whatIsInTheOwnersMemoryIsNotLostWithItsSegment() throws IOException {
    fixture.limits = new Spool.Limits(64 << 10, 16 << 10);
    try (Spool spool = fixture.open()) {
      for (long sequence = 0; sequence < 2_000; sequence++) {
        spool.add(SpoolFixture.probe(sequence), 0);
        spool.commit();
      }
      assertThat(fixture.lost).isEmpty();

      assertThat(spool.release(0)).as("gone from the disk as well").isFalse();
      assertThat(spool.release(1_999)).isTrue();
      assertThat(SpoolFixture.read(spool)).containsExactly(1_999L);
    }
  }

  @Test
  void aRecordThatCanNeverBeWrittenIsRefusedAndTheOthersAreNot() throws IOException {
    try (Spool spool = fixture.open()) {
      Probe incomplete = new Probe();
      assertThatThrownBy(() -> spool.add(new Outgoing.Value<>(Topics.PROBES, incomplete), 0))
          .isInstanceOf(IllegalArgumentException.class);
      Outgoing.Value<?> huge = (Outgoing.Value<?>) SpoolFixture.probe(1);
      ((Probe) huge.value()).setEvidence("x".repeat(5 << 20));
      assertThatThrownBy(() -> spool.add(huge, 0)).hasMessageContaining("is too large");
      assertThatThrownBy(() -> spool.add(new Outgoing.Removal(Topics.WINDOWS, "x"), 0))
          .hasMessageContaining("not made for topic tocsin.windows");
      SpoolFixture.write(spool, 7, 1);

      assertThat(SpoolFixture.read(spool)).containsExactly(7L);
    }
  }

  @Test
  void aRecordThatIsLargerThanASegmentGetsOneOfItsOwn() throws IOException {
    try (Spool spool = fixture.open()) {
      Outgoing.Value<?> large = (Outgoing.Value<?>) SpoolFixture.probe(0);
      ((Probe) large.value()).setEvidence("x".repeat(200_000));
      spool.release(spool.add(large, 0));
      spool.commit();
      SpoolFixture.write(spool, 1, 2);
      spool.release(spool.add(large, 0));
      spool.commit();

      assertThat(SpoolFixture.read(spool)).containsExactly(0L, 1L, 2L, 0L);
      assertThat(spool.bytes()).isEqualTo(size());
    }
    assertThat(fixture.lost).isEmpty();
  }

  @Test
  void aSecondAgentIsKeptOut() {
    try (Spool spool = fixture.open()) {
      assertThatThrownBy(fixture::open)
          .isInstanceOf(SpoolException.class)
          .hasMessageContaining("is in use by another agent");
      assertThat(spool.next()).isZero();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aDirectoryThatCannotBeUsedIsNamed() throws IOException {
    Files.writeString(temp.resolve("spool"), "a file");

    assertThatThrownBy(fixture::open)
        .isInstanceOf(SpoolException.class)
        .hasMessageContaining(fixture.directory.toString())
        .hasMessageContaining("name a directory that this user may write");
  }

  @Test
  void nobodyElseMayLookIntoIt() throws IOException {
    try (Spool spool = fixture.open()) {
      assertThat(spool.records()).isZero();
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(fixture.directory)))
          .isEqualTo("rwx------");
    }
  }

  @Test
  void filesOfOthersAreLeftAlone() throws IOException {
    Files.createDirectories(fixture.directory);
    Path notes = Files.writeString(fixture.directory.resolve("notes.seg"), "mine");
    try (Spool spool = fixture.open()) {
      SpoolFixture.write(spool, 0, 1);
    }
    assertThat(notes).hasContent("mine");
  }

  private long size() throws IOException {
    long size = 0;
    for (Path segment : fixture.segments()) {
      size += Files.size(segment);
    }
    return size;
  }

  static List<Long> sequences(long from, long to) {
    return LongStream.range(from, to).boxed().toList();
  }
}
