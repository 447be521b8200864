package io.tocsin.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tocsin.embedded.DataDirectory;
import io.tocsin.embedded.EmbeddedQuestDb;
import io.tocsin.embedded.Ports;
import io.tocsin.history.HistoryAddress;
import io.tocsin.history.Recorder;
import io.tocsin.history.StoreRoom;
import io.tocsin.schemas.Figure;
import io.tocsin.schemas.ResourceKind;
import io.tocsin.schemas.Window;
import io.tocsin.schemas.exchange.TopicCreation;
import io.tocsin.schemas.exchange.TopicWriter;
import io.tocsin.schemas.serde.SchemaRegistration;
import io.tocsin.schemas.topic.Topics;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The store on a real file system that fills up, and has room again. */
@Timeout(240)
class FullStoreDiskITCase {

  private static final Instant START =
      Instant.now().truncatedTo(ChronoUnit.HOURS).minus(Duration.ofHours(3));
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration SECONDS = Duration.ofSeconds(10);
  private static final Duration MINUTES = Duration.ofMinutes(1);
  private static final int AT_A_TIME = 2_000;
  private static final long RESERVE = 48L << 20;

  @TempDir Path temp;
  private Path small;
  private boolean mounted;
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

  @BeforeEach
  void mount() throws IOException, InterruptedException {
    small = Files.createTempDirectory("tocsin-small");
    RealPart.need(
        "a small file system",
        "a tmpfs cannot be mounted; run as root",
        "mount",
        "-t",
        "tmpfs",
        "-o",
        "size=512m",
        "tocsin-test",
        small.toString());
    mounted = true;
  }

  @AfterEach
  void unmount() throws IOException, InterruptedException {
    if (mounted) {
      RealPart.run("umount", "-l", small.toString());
    }
    Files.deleteIfExists(small);
  }

  /** In this process, and it lives: see {@link StoreRoom}. */
  @Test
  void aFullDiskIsSaidAndNothingIsLostOnceThereIsRoom() throws Exception {
    try (TestCluster cluster = new TestCluster(temp.resolve("cluster"))) {
      new SchemaRegistration(cluster.address()).registerAll();
      new TopicCreation(cluster.address(), (short) 1).createMissing();
      DataDirectory data = new DataDirectory(small.resolve("data"));
      data.create();
      EmbeddedQuestDb store = new EmbeddedQuestDb(data, Ports.free());
      store.start();
      HistoryAddress place =
          new HistoryAddress(
              store.address(),
              store.authorization(),
              store.jdbcUrl(),
              EmbeddedQuestDb.USER,
              store.password(),
              new StoreRoom(data.questDb(), RESERVE));
      place.prepare();
      try (TopicWriter writer = new TopicWriter(cluster.address(), "test");
          Recorder recorder = new Recorder(cluster.address(), place, Clock.systemUTC(), meters)) {
        recorder.start();
        write(writer, SECONDS, 0);
        await().atMost(PATIENCE).until(() -> rows(place) == AT_A_TIME);

        // There is room for the log, and none for the first rows of another table.
        Path filler = small.resolve("filler");
        fill(filler, RESERVE + (16L << 20));
        write(writer, MINUTES, 0);
        String suspended = trouble(recorder, "does not apply them to windows_1m");

        // There is no room for the log either.
        fill(small.resolve("more"), RESERVE / 2);
        write(writer, SECONDS, AT_A_TIME);
        String full = trouble(recorder, "stay free");
        assertThat(rows(place)).isLessThan(3 * AT_A_TIME);

        Files.delete(filler);
        long back = System.nanoTime();
        await("all is kept").atMost(PATIENCE).until(() -> rows(place) == 3 * AT_A_TIME);
        await("it is well").atMost(PATIENCE).until(() -> recorder.trouble().isEmpty());
        System.out.printf(
            "full disk: %,d windows kept, all well %.1f s after there was room; it said%n  %s%n  %s%n",
            3 * AT_A_TIME, (System.nanoTime() - back) / 1e9, suspended, full);
        assertThat(meters.counter("tocsin.recorder.tables.resumed").count()).isPositive();
        assertThat(meters.counter("tocsin.recorder.points", "outcome", "refused").count()).isZero();
      } finally {
        store.close();
      }
    }
  }

  private static String trouble(Recorder recorder, String part) {
    await(part)
        .atMost(PATIENCE)
        .until(() -> recorder.trouble().filter(words -> words.contains(part)).isPresent());
    return recorder.trouble().orElse("");
  }

  private static void fill(Path filler, long left) throws IOException {
    byte[] some = new byte[64 << 10];
    try (OutputStream out = Files.newOutputStream(filler)) {
      while (filler.toFile().getUsableSpace() > left) {
        out.write(some);
      }
    }
  }

  private static long rows(HistoryAddress place) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(place.jdbcUrl(), place.user(), place.password());
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT sum(n) FROM (SELECT count() AS n FROM windows UNION ALL"
                    + " SELECT count() AS n FROM windows_1m)")) {
      row.next();
      return row.getLong(1);
    }
  }

  private static void write(TopicWriter writer, Duration size, int from) {
    for (int each = from; each < from + AT_A_TIME; each++) {
      writer.send(
          Topics.WINDOWS,
          window("host/" + each % 100, START.plus(size.multipliedBy(each / 100)), size));
    }
    writer.flush();
  }

  private static Window window(String resource, Instant at, Duration size) {
    return Window.newBuilder()
        .setResourceId(resource)
        .setKind(ResourceKind.HOST)
        .setStartsAt(at)
        .setEndsAt(at.plus(size))
        .setSizeMs(size.toMillis())
        .setLatestAt(at)
        .setIsFinal(true)
        .setIntervals(10)
        .setCpuPercent(new Figure(10.0, 20.0, 10.0, 20.0, 20.0))
        .build();
  }
}
