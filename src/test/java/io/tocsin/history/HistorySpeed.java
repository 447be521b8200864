package io.tocsin.history;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tocsin.embedded.DataDirectory;
import io.tocsin.embedded.EmbeddedQuestDb;
import io.tocsin.embedded.Ports;
import io.tocsin.schemas.Figure;
import io.tocsin.schemas.ResourceKind;
import io.tocsin.schemas.Window;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Measures history in the embedded store, with 1,000 seeded resources: points written in a second,
 * a day of one resource, thirty days of the fleet. Run its main alone on a quiet machine; the first
 * argument is a directory with 2 GB of room.
 */
public final class HistorySpeed {

  private static final int RESOURCES = 1_000;
  private static final int FIGURES = 25;
  private static final long SEED = 42;

  private HistorySpeed() {}

  public static void main(String[] arguments) throws Exception {
    Path directory =
        arguments.length > 0 ? Path.of(arguments[0]) : Files.createTempDirectory("tocsin-speed");
    DataDirectory data = new DataDirectory(directory);
    data.create();
    EmbeddedQuestDb questDb = new EmbeddedQuestDb(data, Ports.free());
    questDb.start();
    HistoryAddress place = QuestDbHistoryITCase.place(questDb);
    place.prepare();
    write(place);
    fill(place);
    read(place);
    questDb.close();
    System.exit(0);
  }

  /** As the recorder does it, but for the broker: records to points to requests of 5,000. */
  private static void write(HistoryAddress place) throws Exception {
    Random random = new Random(SEED);
    Instant start = Instant.now().truncatedTo(ChronoUnit.MINUTES).minus(Duration.ofHours(1));
    List<Window> windows = new ArrayList<>();
    for (int each = 0; each < RESOURCES; each++) {
      windows.add(window("vm/vm-" + each, random));
    }
    BatchWriter writer =
        new BatchWriter(
            place.points(), (record, why) -> {}, within -> false, new SimpleMeterRegistry());
    int rows = 0;
    long begun = 0;
    for (int round = 0; round < 130; round += 5) {
      if (round == 30) {
        begun = System.nanoTime(); // what came before was to warm up
        rows = 0;
      }
      List<BatchWriter.Entry> batch = new ArrayList<>();
      for (int step = round; step < round + 5; step++) {
        for (Window window : windows) {
          window.setStartsAt(start.plusSeconds(10L * step));
          batch.add(new BatchWriter.Entry(null, WindowPoints.window(window).orElseThrow()));
        }
      }
      writer.write(batch);
      rows += batch.size();
    }
    double seconds = (System.nanoTime() - begun) / 1e9;
    System.out.printf(
        "written: %,.0f windows/s, %,.0f points/s of %d figures each%n",
        rows / seconds, rows * FIGURES / seconds, FIGURES);
    long kept = 0;
    while (kept < 130_000) {
      Thread.sleep(100);
      kept = new History(place).windowRows();
    }
    seconds = (System.nanoTime() - begun) / 1e9;
    System.out.printf("can be asked for: %,.0f points/s%n", rows * FIGURES / seconds);
  }

  private static Window window(String id, Random random) {
    return Window.newBuilder()
        .setResourceId(id)
        .setKind(ResourceKind.VM)
        .setService("service-" + random.nextInt(20))
        .setStartsAt(Instant.EPOCH)
        .setEndsAt(Instant.EPOCH)
        .setSizeMs(10_000)
        .setLatestAt(Instant.EPOCH)
        .setIsFinal(true)
        .setIntervals(10)
        .setEfficiency(random.nextDouble())
        .setCores(4.0)
        .setMemoryBytes(8L << 30)
        .setFilesystemPercent(100 * random.nextDouble())
        .setCpuPercent(figure(random))
        .setMemoryPercent(figure(random))
        .setIoPercent(figure(random))
        .setNetworkPercent(figure(random))
        .build();
  }

  private static Figure figure(Random random) {
    return new Figure(
        100 * random.nextDouble(),
        100 * random.nextDouble(),
        100 * random.nextDouble(),
        100 * random.nextDouble(),
        100 * random.nextDouble());
  }

  /** A day of minutes and thirty days of hours, by SQL: it is the questions that are measured. */
  private static void fill(HistoryAddress place) throws Exception {
    long begun = System.nanoTime();
    try (Connection connection = HistoryTables.connect(place);
        Statement sql = connection.createStatement()) {
      fill(sql, "windows_1m", "m", 1_440);
      fill(sql, "windows_1h", "h", 720);
      long kept = 0;
      while (kept < 720L * RESOURCES) {
        Thread.sleep(200);
        try (var rows = sql.executeQuery("SELECT count() FROM windows_1h")) {
          rows.next();
          kept = rows.getLong(1);
        }
      }
    }
    System.out.printf(
        "filled with %,d rows in %.1f s%n",
        RESOURCES * (1_440 + 720), (System.nanoTime() - begun) / 1e9);
  }

  private static void fill(Statement sql, String table, String unit, int steps) throws Exception {
    sql.execute(
        """
        INSERT INTO %s (timestamp, resource, kind, service, final, members, cores, memory_bytes,
          cpu_percent_mean, cpu_percent_max, cpu_percent_p95, memory_percent_mean)
        SELECT dateadd('%s', cast((x - 1) / %d AS INT) - %d, date_trunc('hour', now())),
          'vm/vm-' || ((x - 1) %% %d), 'VM', 'service-' || (x %% 20), true, 0, 4, 8589934592L,
          100 * rnd_double(), 100 * rnd_double(), 100 * rnd_double(), 100 * rnd_double()
        FROM long_sequence(%d, 42, 42)"""
            .formatted(table, unit, RESOURCES, steps, RESOURCES, RESOURCES * steps));
  }

  private static void read(HistoryAddress place) throws Exception {
    Instant now = Instant.now().truncatedTo(ChronoUnit.HOURS);
    try (HistoryStore store = place.open()) {
      for (Aggregate aggregate : List.of(Aggregate.MEAN, Aggregate.P95)) {
        tell(
            "24 h of one resource by the minute, " + aggregate,
            store,
            HistoryQuery.of(
                List.of("cpu_percent", "memory_percent"),
                Selector.resource("vm/vm-500"),
                now.minus(Duration.ofHours(24)),
                now,
                Duration.ofMinutes(1),
                aggregate),
            100);
        tell(
            "30 days of the fleet together by the hour, " + aggregate,
            store,
            HistoryQuery.of(
                List.of("cpu_percent", "memory_percent"),
                Selector.kind("VM").asOne(),
                now.minus(Duration.ofDays(30)),
                now,
                Duration.ofHours(1),
                aggregate),
            10);
      }
      tell(
          "30 days of each of the fleet by the day, MEAN",
          store,
          HistoryQuery.of(
              List.of("cpu_percent"),
              Selector.all(),
              now.minus(Duration.ofDays(30)),
              now,
              Duration.ofDays(1),
              Aggregate.MEAN),
          10);
    }
  }

  private static void tell(String what, HistoryStore store, HistoryQuery query, int times)
      throws HistoryException {
    long[] rows = new long[1];
    double[] ms = new double[times];
    for (int time = -3; time < times; time++) {
      rows[0] = 0;
      long begun = System.nanoTime();
      store.read(query, row -> rows[0]++);
      if (time >= 0) {
        ms[time] = (System.nanoTime() - begun) / 1e6;
      }
    }
    Arrays.sort(ms);
    System.out.printf(
        "%s: %,d rows, median %.1f ms, p95 %.1f ms%n",
        what, rows[0], ms[times / 2], ms[(int) Math.ceil(0.95 * times) - 1]);
  }
}
