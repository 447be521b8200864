package io.tocsin.collectors.spool;

import static io.tocsin.collectors.spool.SpoolTest.sequences;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** What a spool makes of files that are not what was written. */
class SpoolDamageTest {

  private static final int RECORDS = 40;

  /** A spool of some records in one segment, left by a killed process. */
  private static SpoolFixture written(Path temp) throws IOException {
    SpoolFixture fixture = new SpoolFixture(temp.resolve("spool"));
    try (Spool spool = fixture.open()) {
      SpoolFixture.write(spool, 0, RECORDS);
      return fixture.killed();
    }
  }

  private static void inTemp(Body body) throws Exception {
    Path temp = Files.createTempDirectory("tocsin-spool");
    try {
      body.run(temp);
    } finally {
      try (var files = Files.walk(temp)) {
        files.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
      }
    }
  }

  private interface Body {
    void run(Path temp) throws Exception;
  }

  /** Offsets at which frames end, the header's end first. */
  private static List<Long> ends(Path segment) throws IOException {
    List<Long> ends = new ArrayList<>();
    SegmentHeader header = SegmentHeader.read(segment);
    ends.add((long) header.size());
    try (FrameReader frames = new FrameReader(segment, header.size(), 0)) {
      while (frames.next(Files.size(segment)) != null) {
        ends.add(frames.offset());
      }
    }
    return ends;
  }

  @Property(tries = 80)
  void whereverItIsCutTheLastSegmentGivesExactlyTheRecordsBeforeTheCut(
      @ForAll @IntRange(max = 1_000_000) int where) throws Exception {
    inTemp(
        temp -> {
          SpoolFixture left = written(temp);
          Path segment = left.segments().get(0);
          List<Long> ends = ends(segment);
          long cut = where % (Files.size(segment) + 1);
          try (FileChannel file = FileChannel.open(segment, StandardOpenOption.WRITE)) {
            file.truncate(cut);
          }
          long whole = Math.max(0, ends.stream().filter(end -> end <= cut).count() - 1);

          try (Spool spool = left.open()) {
            assertThat(SpoolFixture.read(spool)).isEqualTo(sequences(0, whole));
            SpoolFixture.write(spool, 77, 1);
            assertThat(SpoolFixture.read(spool)).containsExactly(77L);
          }
          assertThat(left.lost).as("a torn tail was never whole").isEmpty();
        });
  }

  @Property(tries = 80)
  void anyDamageCostsOnlyTheRecordsItTouchesAndEachIsCounted(
      @ForAll @IntRange(max = 1_000_000) int where,
      @ForAll @IntRange(min = 1, max = 300) int length,
      @ForAll long seed)
      throws Exception {
    inTemp(
        temp -> {
          SpoolFixture left = written(temp);
          Path segment = left.segments().get(0);
          List<Long> ends = ends(segment);
          long body = ends.get(0);
          long from = body + where % (Files.size(segment) - body);
          byte[] garbage = new byte[length];
          new Random(seed).nextBytes(garbage);
          try (FileChannel file = FileChannel.open(segment, StandardOpenOption.WRITE)) {
            int fits = (int) Math.min(length, file.size() - from);
            file.write(ByteBuffer.wrap(garbage, 0, fits), from);
          }
          var untouched = new HashSet<>(sequences(0, RECORDS));
          for (int i = 0; i < RECORDS; i++) {
            if (ends.get(i) < from + length && ends.get(i + 1) > from) {
              untouched.remove((long) i);
            }
          }

          try (Spool spool = left.open()) {
            List<Long> read = SpoolFixture.read(spool);
            assertThat(read).isSorted().doesNotHaveDuplicates().containsAll(untouched);
            long counted = left.lost.getOrDefault(Losses.CORRUPT, 0L);
            // Damage that reaches the end looks like a torn tail.
            assertThat(read.size() + counted).isEqualTo(spool.next()).isLessThanOrEqualTo(RECORDS);
            assertThat(spool.unread()).isZero();
          }
        });
  }

  @Test
  void damageInAnEarlierSegmentDoesNotHoldTheLaterOnesUp() throws Exception {
    inTemp(
        temp -> {
          SpoolFixture fixture = new SpoolFixture(temp.resolve("spool"));
          fixture.limits = new Spool.Limits(1 << 20, 16 << 10);
          SpoolFixture left;
          try (Spool spool = fixture.open()) {
            SpoolFixture.write(spool, 0, 1_000);
            left = fixture.killed();
          }
          List<Path> segments = left.segments();
          assertThat(segments).hasSizeGreaterThan(5);
          // The second loses its header, the third its end, the fourth all of its frames.
          Files.write(segments.get(1), new byte[100]);
          try (FileChannel third = FileChannel.open(segments.get(2), StandardOpenOption.WRITE)) {
            third.truncate(third.size() - 1);
          }
          SegmentHeader fourth = SegmentHeader.read(segments.get(3));
          try (FileChannel file = FileChannel.open(segments.get(3), StandardOpenOption.WRITE)) {
            file.write(ByteBuffer.allocate((int) file.size() - fourth.size()), fourth.size());
          }
          long second = Segment.firstOf(segments.get(1));
          long third = Segment.firstOf(segments.get(2));
          long fifth = Segment.firstOf(segments.get(4));
          List<Long> expected = new ArrayList<>(sequences(0, second));
          expected.addAll(sequences(third, fourth.first() - 1));
          expected.addAll(sequences(fifth, 1_000));

          try (Spool spool = left.open()) {
            assertThat(SpoolFixture.read(spool)).isEqualTo(expected);
          }
          long lost = left.lost.values().stream().mapToLong(Long::longValue).sum();
          assertThat(lost).isEqualTo(1_000 - expected.size());
        });
  }

  @Test
  void theOldestSegmentWithoutAHeaderIsCountedOnce() throws Exception {
    inTemp(
        temp -> {
          SpoolFixture fixture = new SpoolFixture(temp.resolve("spool"));
          fixture.limits = new Spool.Limits(1 << 20, 16 << 10);
          SpoolFixture left;
          try (Spool spool = fixture.open()) {
            SpoolFixture.write(spool, 0, 1_000);
            SpoolFixture.read(spool);
            spool.acknowledge(10);
            left = fixture.killed();
          }
          long second = Segment.firstOf(left.segments().get(1));
          Files.write(left.segments().get(0), new byte[3]);

          try (Spool spool = left.open()) {
            assertThat(SpoolFixture.read(spool)).isEqualTo(sequences(second, 1_000));
          }
          assertThat(left.lost).containsEntry(Losses.CORRUPT, second - 10);
        });
  }

  @Test
  void aPositionThatCannotBeReadCostsRepetitionOnly() throws Exception {
    inTemp(
        temp -> {
          SpoolFixture fixture = new SpoolFixture(temp.resolve("spool"));
          try (Spool spool = fixture.open()) {
            SpoolFixture.write(spool, 0, RECORDS);
            SpoolFixture.read(spool);
            spool.acknowledge(30);
          }
          Files.write(fixture.directory.resolve("position"), new byte[] {1, 2, 3});
          try (Spool spool = fixture.open()) {
            assertThat(SpoolFixture.read(spool)).isEqualTo(sequences(0, RECORDS));
          }
        });
  }

  @Test
  void aPositionBeyondWhatSurvivedAPowerCutIsWhereNumbersGoOn() throws Exception {
    inTemp(
        temp -> {
          SpoolFixture left = written(temp);
          try (PositionFile position = new PositionFile(left.directory.resolve("position"))) {
            position.save(1_000);
          }
          try (Spool spool = left.open()) {
            assertThat(SpoolFixture.read(spool)).isEmpty();
            SpoolFixture.write(spool, 5, 1);
            assertThat(SpoolFixture.read(spool)).containsExactly(5L);
            assertThat(spool.next()).isEqualTo(1_001);
          }
          assertThat(left.lost).isEmpty();
        });
  }

  @Property(tries = 200)
  void aPositionIsReadBackOrIsTheOneBefore(
      @ForAll @IntRange(min = 1, max = 1_000_000) int first,
      @ForAll @IntRange(min = 1, max = 1_000) int more,
      @ForAll @IntRange(max = 31) int damagedByte)
      throws Exception {
    inTemp(
        temp -> {
          Path file = temp.resolve("position");
          try (PositionFile position = new PositionFile(file)) {
            position.save(first);
            position.save((long) first + more);
          }
          try (PositionFile position = new PositionFile(file)) {
            assertThat(position.saved()).isEqualTo((long) first + more);
          }
          byte[] bytes = Files.readAllBytes(file);
          bytes[damagedByte] ^= 0x40;
          Files.write(file, bytes);
          try (PositionFile position = new PositionFile(file)) {
            assertThat(position.saved()).isIn((long) first, (long) first + more);
          }
        });
  }
}
