package io.tocsin.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** History of one InfluxDB in a directory, and from there into another that is empty. */
@Timeout(120)
class InfluxBackupITCase {

  @TempDir Path temp;

  private LocalInflux start(String name) throws Exception {
    return LocalInflux.start(Files.createDirectory(temp.resolve(name)));
  }

  private static HistoryPlace place(LocalInflux influx) throws HistoryException {
    HistoryPlace place = new InfluxAddress(influx.url(), "", "tocsin", 1);
    place.prepare();
    return place;
  }

  /** Everything that can be asked for, in the smallest steps. */
  private static List<String> rows(HistoryPlace place) throws HistoryException {
    List<String> rows = new ArrayList<>();
    try (HistoryStore store = place.open()) {
      for (Tier tier : List.of(Tier.TEN_SECONDS, Tier.MINUTE)) {
        for (String figures :
            List.of(
                "cpu_percent,cores,memory_bytes,steal_percent",
                "latency_ms",
                "rx_bytes_per_second",
                "requests_per_second",
                "meter_value")) {
          for (Selector who : List.of(Selector.all(), Selector.rollups())) {
            store.read(
                new HistoryQuery(
                    List.of(figures.split(",")),
                    who,
                    Optional.empty(),
                    HistoryStoreContract.NOON,
                    HistoryStoreContract.TWO,
                    tier.size(),
                    Aggregate.MAX,
                    100_000),
                row ->
                    rows.add(
                        row.at() + row.resource() + row.part() + Arrays.toString(row.values())));
          }
        }
      }
    }
    return rows;
  }

  @Test
  void aRestoredStoreGivesTheSameAnswersAndWhatIsTooOldIsLeftOut() throws Exception {
    LocalInflux first = start("first");
    LocalInflux second = start("second");
    try {
      HistoryPlace from = place(first);
      FilledHistory filled = new FilledHistory(from, Duration.ZERO);
      filled.write();
      filled.awaitAll();
      event(from);
      Path backup = Files.createDirectory(temp.resolve("backup"));

      List<BackupManifest.Entry> entries = from.export(backup, Clock.systemUTC());
      assertThat(entries).extracting(BackupManifest.Entry::what).doesNotHaveDuplicates();
      assertThat(entries.stream().mapToLong(BackupManifest.Entry::count).sum())
          .isEqualTo(filled.lines() + 1);

      HistoryPlace into = place(second);
      restore(into, backup, entries, Clock.systemUTC());
      assertThat(rows(into)).hasSize((int) filled.lines()).isEqualTo(rows(from));
      Path again = Files.createDirectory(temp.resolve("again"));
      for (BackupManifest.Entry entry : into.export(again, Clock.systemUTC())) {
        assertThat(lines(again.resolve(entry.name())))
            .isEqualTo(lines(backup.resolve(entry.name())));
      }

      restore(into, backup, entries, Clock.systemUTC());
      assertThat(rows(into)).as("a second time changes nothing").isEqualTo(rows(from));

      Clock later = Clock.offset(Clock.systemUTC(), Duration.ofDays(8));
      assertThat(restore(into, backup, entries, later))
          .as("a week later windows of 10 s are too old")
          .isEqualTo(
              entries.stream().filter(each -> isShort(each)).mapToLong(each -> each.count()).sum());
    } finally {
      first.stop();
      second.stop();
    }
  }

  private static List<String> lines(Path file) throws IOException {
    try (GZIPInputStream in = new GZIPInputStream(Files.newInputStream(file))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().sorted().toList();
    }
  }

  private static boolean isShort(BackupManifest.Entry entry) {
    return Tier.keeping(entry.what()) == Tier.TEN_SECONDS;
  }

  private static void event(HistoryPlace place) {
    try (PointStore points = place.points()) {
      points.write(
          List.of(
              new Line(EventTables.INCIDENTS)
                  .tag("id", "i,1 = \\")
                  .tag("rule", "cpu")
                  .words("summary", "a \"quoted\" \\ line, é")
                  .whole("version", 1L << 60)
                  .at(Instant.now().minus(Duration.ofDays(100)).plusNanos(123))
                  .orElseThrow()));
    }
  }

  private static long restore(
      HistoryPlace place, Path backup, List<BackupManifest.Entry> entries, Clock clock)
      throws Exception {
    long old = 0;
    try (PointStore points = place.points()) {
      for (BackupManifest.Entry entry : entries) {
        old += new HistoryImport(points, clock).read(backup.resolve(entry.name()), entry.what());
      }
    }
    return old;
  }
}
