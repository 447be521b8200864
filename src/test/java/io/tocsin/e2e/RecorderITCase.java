package io.tocsin.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tocsin.embedded.DataDirectory;
import io.tocsin.embedded.EmbeddedQuestDb;
import io.tocsin.embedded.Ports;
import io.tocsin.history.Aggregate;
import io.tocsin.history.HistoryAddress;
import io.tocsin.history.HistoryException;
import io.tocsin.history.HistoryQuery;
import io.tocsin.history.HistoryStore;
import io.tocsin.history.Recorder;
import io.tocsin.history.Selector;
import io.tocsin.schemas.Figure;
import io.tocsin.schemas.Layer;
import io.tocsin.schemas.Measurement;
import io.tocsin.schemas.MeasurementType;
import io.tocsin.schemas.Origin;
import io.tocsin.schemas.ResourceKind;
import io.tocsin.schemas.Window;
import io.tocsin.schemas.exchange.Received;
import io.tocsin.schemas.exchange.TopicCreation;
import io.tocsin.schemas.exchange.TopicReader;
import io.tocsin.schemas.exchange.TopicWriter;
import io.tocsin.schemas.serde.SchemaRegistration;
import io.tocsin.schemas.topic.Topics;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The recorder between a real broker and a real store. */
@Timeout(240)
class RecorderITCase {

  private static final Instant START =
      Instant.now().truncatedTo(ChronoUnit.HOURS).minus(Duration.ofHours(3));
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path temp;
  private final Ports ports = Ports.free();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private EmbeddedQuestDb questDb;

  private HistoryAddress startStore() throws Exception {
    DataDirectory data = new DataDirectory(temp.resolve("store"));
    data.create();
    questDb = new EmbeddedQuestDb(data, ports);
    questDb.start();
    return new HistoryAddress(
        questDb.address(),
        questDb.authorization(),
        questDb.jdbcUrl(),
        EmbeddedQuestDb.USER,
        questDb.password());
  }

  private static Window window(String resource, Instant at) {
    return Window.newBuilder()
        .setResourceId(resource)
        .setKind(ResourceKind.HOST)
        .setStartsAt(at)
        .setEndsAt(at.plusSeconds(10))
        .setSizeMs(10_000)
        .setLatestAt(at)
        .setIsFinal(true)
        .setIntervals(10)
        .setCpuPercent(new Figure(10.0, 20.0, 10.0, 20.0, 20.0))
        .build();
  }

  private static void write(TopicWriter writer, int from, int to) {
    for (int each = from; each < to; each++) {
      writer.send(
          Topics.WINDOWS, window("host/" + each % 10, START.plusSeconds(10L * (each / 10))));
    }
    writer.flush();
  }

  private static long rows(HistoryAddress place, String figure, Selector selector) {
    List<Object> rows = new ArrayList<>();
    try (HistoryStore store = place.open()) {
      store.read(
          HistoryQuery.of(
              List.of(figure),
              selector,
              START,
              START.plus(Duration.ofHours(3)),
              Duration.ofSeconds(10),
              Aggregate.MEAN),
          rows::add);
    } catch (HistoryException notYet) {
      return -1;
    }
    return rows.size();
  }

  @Test
  void whatComesWhileTheStoreIsAwayIsThereAfterwardsAndWhatIsNoPointIsADeadLetterAlone()
      throws Exception {
    try (TestCluster cluster = new TestCluster(temp.resolve("cluster"))) {
      new SchemaRegistration(cluster.address()).registerAll();
      new TopicCreation(cluster.address(), (short) 1).createMissing();
      HistoryAddress place = startStore();
      place.prepare();
      try (TopicWriter writer = new TopicWriter(cluster.address(), "test");
          Recorder recorder =
              new Recorder(cluster.address(), place, 50, Clock.systemUTC(), meters)) {
        recorder.start();
        write(writer, 0, 1_000);
        writer.send(Topics.MEASUREMENTS, orders());
        await().atMost(PATIENCE).until(() -> rows(place, "cpu_percent", Selector.all()) == 1_000);
        await()
            .atMost(PATIENCE)
            .until(() -> rows(place, "business_value", Selector.resource("shop")) == 1);

        questDb.close();
        write(writer, 1_000, 3_000);
        await().atMost(PATIENCE).until(() -> recorder.trouble().isPresent());
        startStore();
        await().atMost(PATIENCE).until(() -> rows(place, "cpu_percent", Selector.all()) == 3_000);
        // The store has the rows before the recorder has its answer.
        await().atMost(PATIENCE).until(() -> recorder.trouble().isEmpty());

        writer.send(Topics.WINDOWS, window("host/early", Instant.parse("1900-01-01T00:00:00Z")));
        writer.send(Topics.WINDOWS, window("host/never", Instant.ofEpochMilli(Long.MAX_VALUE / 2)));
        write(writer, 3_000, 4_000);
        await().atMost(PATIENCE).until(() -> rows(place, "cpu_percent", Selector.all()) == 4_000);
        // Other partitions, which may be read later.
        await().atMost(PATIENCE).until(() -> deadLetters(cluster) == 2);
        await().atMost(PATIENCE).until(() -> letters("recorder", "tocsin.windows") == 2);

        // Eleven series are known; of sixty more thirty-nine may come in.
        for (int each = 0; each < 60; each++) {
          writer.send(Topics.WINDOWS, window("host/new-" + each, START));
        }
        writer.flush();
        await().atMost(PATIENCE).until(() -> rows(place, "cpu_percent", Selector.all()) == 4_039);
        await()
            .atMost(PATIENCE)
            .untilAsserted(
                () ->
                    assertThat(
                            meters
                                .counter("tocsin.recorder.series.refused", "table", "windows")
                                .count())
                        .isEqualTo(21));
        assertThat(recorder.warning()).isPresent();
        await().atMost(PATIENCE).until(() -> recorder.trouble().isEmpty());
        await()
            .atMost(PATIENCE)
            .untilAsserted(() -> assertThat(deadLetters(cluster)).isBetween(12L, 23L));
      } finally {
        questDb.close();
      }
    }
  }

  private double letters(String stage, String topic) {
    return meters.counter("tocsin.deadletters", "stage", stage, "topic", topic).count();
  }

  private static long deadLetters(TestCluster cluster) {
    try (TopicReader reader =
        TopicReader.fromBeginning(
            cluster.address(), "test", Clock.systemUTC(), Set.of(Topics.DEAD_LETTERS))) {
      List<Received<?>> letters = new ArrayList<>();
      await()
          .atMost(PATIENCE)
          .until(
              () -> {
                letters.addAll(reader.poll(Duration.ofMillis(200)));
                return reader.lag() == 0;
              });
      return letters.size();
    }
  }

  private static Measurement orders() {
    return Measurement.newBuilder()
        .setResourceId("shop")
        .setKind(ResourceKind.SERVICE)
        .setLayer(Layer.BUSINESS)
        .setName("orders")
        .setType(MeasurementType.GAUGE)
        .setValue(12.0)
        .setOrigin(new Origin("test", "boot", 1L))
        .setAt(START)
        .build();
  }
}
