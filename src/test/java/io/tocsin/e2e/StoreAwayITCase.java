package io.tocsin.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tocsin.embedded.DataDirectory;
import io.tocsin.embedded.EmbeddedQuestDb;
import io.tocsin.embedded.Ports;
import io.tocsin.history.HistoryAddress;
import io.tocsin.history.Recorder;
import io.tocsin.pipeline.Broker;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The store is away for a while: half of it refusing, half of it silent. Nothing of that time is
 * missing or there twice afterwards, and people hear of what breaks as soon as they did before.
 *
 * <p>{@code -Dtocsin.trial.away=30m} says for how long, {@code -Dtocsin.trial.there=10m} how long
 * it is there before and after, {@code -Dtocsin.trial.seed} repeats a trial. How much longer the
 * delays may get is asserted in trials of ten minutes and more, on a machine that does nothing
 * else; shorter ones have too few of them.
 */
class StoreAwayITCase {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration LONG_TRIAL = Duration.ofMinutes(10);
  private static final double WITHIN = 1.1;

  private final Duration away = span("tocsin.trial.away", Duration.ofSeconds(6));
  private final Duration there = span("tocsin.trial.there", Duration.ofSeconds(3));
  private final long seed = Long.getLong("tocsin.trial.seed", System.nanoTime() % 1_000_000);
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

  @TempDir Path temp;

  private static Duration span(String property, Duration usual) {
    String said = System.getProperty(property);
    return said == null ? usual : Duration.parse("PT" + said.toUpperCase(Locale.ROOT));
  }

  @Test
  void nothingIsMissingAfterTheStoreWasAwayAndAlertsCameAsSoonAsBefore() throws Exception {
    System.out.printf("store away: seed %d, %s there, %s away%n", seed, there, away);
    try (TestCluster cluster = new TestCluster(temp.resolve("cluster"))) {
      new Broker(cluster.address()).prepare((short) 1);
      EmbeddedQuestDb store = store();
      try (AlertingStage alerting =
          new AlertingStage(
              cluster.address(), AlertingInput.shipped(), temp.resolve("state"), null)) {
        trial(cluster, store);
        assertThat(alerting.status().isTerminalState()).isFalse();
      } finally {
        store.close();
      }
    }
  }

  private EmbeddedQuestDb store() throws Exception {
    DataDirectory data = new DataDirectory(temp.resolve("store"));
    data.create();
    EmbeddedQuestDb store = new EmbeddedQuestDb(data, Ports.free());
    store.start();
    return store;
  }

  private static int port(String url) {
    return Integer.parseInt(url.replaceAll(".*:([0-9]+)(/.*)?", "$1"));
  }

  private void trial(TestCluster cluster, EmbeddedQuestDb store) throws Exception {
    Duration breaksEvery =
        away.compareTo(LONG_TRIAL) < 0 ? Duration.ofMillis(250) : Duration.ofSeconds(1);
    try (TcpGate points = new TcpGate(port(store.address()));
        TcpGate sql = new TcpGate(port(store.jdbcUrl()));
        AwayLoad load = new AwayLoad(cluster.address(), Clock.systemUTC(), seed, breaksEvery)) {
      HistoryAddress place =
          new HistoryAddress(
              "http://127.0.0.1:" + points.port(),
              store.authorization(),
              "jdbc:postgresql://127.0.0.1:" + sql.port() + "/qdb",
              EmbeddedQuestDb.USER,
              store.password());
      place.prepare();
      try (Recorder recorder = new Recorder(cluster.address(), place, Clock.systemUTC(), meters)) {
        recorder.start();
        load.start();
        warmUp(load, recorder);
        Trial before = phase(load, "store there, before", there);
        turn(TcpGate.State.REFUSING, points, sql);
        Trial gone = load.phase("store away");
        Thread.sleep(away.dividedBy(2).toMillis());
        await().atMost(PATIENCE).until(() -> recorder.trouble().isPresent());
        turn(TcpGate.State.SILENT, points, sql);
        Thread.sleep(away.dividedBy(2).toMillis());
        turn(TcpGate.State.OPEN, points, sql);
        Trial after = load.phase("catching up, and after");
        double caughtUp = catchUp(load, store);
        await().atMost(PATIENCE).until(() -> recorder.trouble().isEmpty());
        Thread.sleep(there.toMillis());
        load.stop();
        assertThat(load.failures()).isEmpty();
        await("every endpoint has its incident").atMost(PATIENCE).until(() -> load.waiting() == 0);
        await("all is kept").atMost(PATIENCE).until(() -> missing(load, store).isEmpty());
        assertThat(meters.counter("tocsin.recorder.points", "outcome", "refused").count()).isZero();
        Thread.sleep(1_000); // what is there twice would come now
        assertThat(missing(load, store)).isEmpty();
        report(load, caughtUp, before, gone, after);
      }
    }
  }

  private static void turn(TcpGate.State state, TcpGate... gates) throws Exception {
    for (TcpGate gate : gates) {
      gate.turn(state);
    }
  }

  /** The first records of a kind are slow everywhere: code is compiled, connections are made. */
  private void warmUp(AwayLoad load, Recorder recorder) throws InterruptedException {
    Trial warm = load.phase("warm-up");
    Thread.sleep(there.dividedBy(4).toMillis());
    await().atMost(PATIENCE).until(() -> warm.count() >= 10 && load.waiting() <= 2);
    assertThat(recorder.trouble()).isEmpty();
  }

  private static Trial phase(AwayLoad load, String name, Duration span)
      throws InterruptedException {
    Trial trial = load.phase(name);
    Thread.sleep(span.toMillis());
    return trial;
  }

  /**
   * Waits until all that the broker had when the store came back is kept.
   *
   * @return seconds that took
   */
  private static double catchUp(AwayLoad load, EmbeddedQuestDb store) {
    long back = System.nanoTime();
    Set<String> due = Set.copyOf(load.acknowledged().keySet());
    await("it has caught up")
        .atMost(Duration.ofMinutes(5))
        .pollInterval(Duration.ofMillis(250))
        .until(() -> missing(load, store).stream().noneMatch(due::contains));
    return (System.nanoTime() - back) / 1e9;
  }

  /** What is not there as it was sent, or there twice; windows and incidents. */
  private static Set<String> missing(AwayLoad load, EmbeddedQuestDb store) throws SQLException {
    Map<String, Float> windows = new HashMap<>(load.acknowledged());
    Set<String> incidents = new HashSet<>(load.incidents());
    Set<String> wrong = new HashSet<>();
    try (Connection connection =
            DriverManager.getConnection(store.jdbcUrl(), EmbeddedQuestDb.USER, store.password());
        Statement statement = connection.createStatement()) {
      try (ResultSet row =
          statement.executeQuery(
              "SELECT resource, cast(timestamp AS LONG) / 1000, cpu_percent_mean FROM windows")) {
        while (row.next()) {
          String id = row.getString(1) + "@" + row.getLong(2);
          Float sent = windows.remove(id);
          if (sent == null || sent != row.getFloat(3)) {
            wrong.add(id);
          }
        }
      }
      try (ResultSet row = statement.executeQuery("SELECT id FROM incidents")) {
        while (row.next()) {
          if (!incidents.remove(row.getString(1))) {
            wrong.add(row.getString(1));
          }
        }
      }
    }
    wrong.addAll(windows.keySet());
    wrong.addAll(incidents);
    return wrong;
  }

  private void report(AwayLoad load, double caughtUp, Trial before, Trial gone, Trial after) {
    System.out.printf(
        "store away: %,d windows and %,d incidents there once, 0 missing; caught up within %.1f s%n",
        load.acknowledged().size(), load.incidents().size(), caughtUp);
    for (Trial each : new Trial[] {before, gone, after}) {
      System.out.printf(
          Locale.ROOT,
          "%s; p99 %d ms; of before: p50 %.2f, p99 %.2f%n",
          each.report(),
          each.percentile(0.99).toMillis(),
          ratio(each, before, 0.5),
          ratio(each, before, 0.99));
    }
    if (away.compareTo(LONG_TRIAL) >= 0) {
      assertThat(ratio(gone, before, 0.5)).as("p50").isLessThanOrEqualTo(WITHIN);
      assertThat(ratio(gone, before, 0.99)).as("p99").isLessThanOrEqualTo(WITHIN);
    }
  }

  private static double ratio(Trial one, Trial other, double share) {
    return (double) one.percentile(share).toNanos() / other.percentile(share).toNanos();
  }
}
