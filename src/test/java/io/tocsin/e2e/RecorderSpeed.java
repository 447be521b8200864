package io.tocsin.e2e;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tocsin.embedded.DataDirectory;
import io.tocsin.embedded.EmbeddedQuestDb;
import io.tocsin.embedded.Ports;
import io.tocsin.history.History;
import io.tocsin.history.HistoryAddress;
import io.tocsin.history.Recorder;
import io.tocsin.schemas.Figure;
import io.tocsin.schemas.ResourceKind;
import io.tocsin.schemas.Window;
import io.tocsin.schemas.exchange.TopicCreation;
import io.tocsin.schemas.exchange.TopicWriter;
import io.tocsin.schemas.serde.SchemaRegistration;
import io.tocsin.schemas.topic.Topics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Measures how fast the recorder catches up: final windows of 1,000 resources wait on a topic, then
 * it starts. Broker, recorder and store are in one process. Run its main in {@code src/}, alone on
 * a quiet machine.
 */
final class RecorderSpeed {

  private static final int RESOURCES = 1_000;
  private static final int WINDOWS = 200_000;
  private static final int FIGURES = 25;

  private RecorderSpeed() {}

  public static void main(String[] arguments) throws Exception {
    Path directory = Files.createTempDirectory("tocsin-recorder-speed");
    try (TestCluster cluster = new TestCluster(directory.resolve("cluster"))) {
      new SchemaRegistration(cluster.address()).registerAll();
      new TopicCreation(cluster.address(), (short) 1).createMissing();
      DataDirectory data = new DataDirectory(directory.resolve("store"));
      data.create();
      EmbeddedQuestDb store = new EmbeddedQuestDb(data, Ports.free());
      store.start();
      HistoryAddress place =
          new HistoryAddress(
              store.address(),
              store.authorization(),
              store.jdbcUrl(),
              EmbeddedQuestDb.USER,
              store.password());
      place.prepare();
      write(cluster);
      long begun = System.nanoTime();
      try (Recorder recorder =
          new Recorder(cluster.address(), place, Clock.systemUTC(), new SimpleMeterRegistry())) {
        recorder.start();
        long kept = 0;
        while (kept < WINDOWS) {
          Thread.sleep(50);
          kept = new History(place).windowRows();
        }
      }
      double seconds = (System.nanoTime() - begun) / 1e9;
      System.out.printf(
          "caught up with %,d windows in %.1f s: %,.0f windows/s, %,.0f points/s%n",
          WINDOWS, seconds, WINDOWS / seconds, WINDOWS * FIGURES / seconds);
      store.close();
    }
    System.exit(0);
  }

  private static void write(TestCluster cluster) {
    Instant start = Instant.now().truncatedTo(ChronoUnit.HOURS).minus(Duration.ofHours(2));
    try (TopicWriter writer = new TopicWriter(cluster.address(), "speed")) {
      for (int each = 0; each < WINDOWS; each++) {
        writer.send(
            Topics.WINDOWS, window(each % RESOURCES, start.plusSeconds(10L * (each / RESOURCES))));
      }
      writer.flush();
    }
  }

  private static Window window(int resource, Instant at) {
    Figure figure = new Figure(resource / 10.1, 99.5, resource / 11.3, resource / 10.3, 99.1);
    return Window.newBuilder()
        .setResourceId("vm/vm-" + resource)
        .setKind(ResourceKind.VM)
        .setService("service-" + resource % 20)
        .setStartsAt(at)
        .setEndsAt(at.plusSeconds(10))
        .setSizeMs(10_000)
        .setLatestAt(at)
        .setIsFinal(true)
        .setIntervals(10)
        .setEfficiency(0.75)
        .setCores(4.0)
        .setMemoryBytes(8L << 30)
        .setFilesystemPercent(40.0)
        .setCpuPercent(figure)
        .setMemoryPercent(figure)
        .setIoPercent(figure)
        .setNetworkPercent(figure)
        .build();
  }
}
