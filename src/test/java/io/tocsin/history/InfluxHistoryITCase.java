package io.tocsin.history;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** With Debian's InfluxDB 1.6, which knows InfluxQL and the line protocol of all later ones. */
class InfluxHistoryITCase extends HistoryHoursContract {

  @TempDir static Path temp;

  private static LocalInflux influx;
  private static FilledHistory filled;
  private static HistoryStore store;

  @BeforeAll
  static void fill() throws Exception {
    influx = LocalInflux.start(temp);
    HistoryPlace place = new InfluxAddress(influx.url(), "", "tocsin", 1);
    place.prepare();
    place.prepare(); // a second time changes nothing
    filled = new FilledHistory(place, Duration.ZERO);
    filled.write();
    filled.awaitAll();
    store = place.open();
  }

  @AfterAll
  static void stop() throws InterruptedException {
    if (store != null) {
      store.close();
    }
    if (influx != null) {
      influx.stop();
    }
  }

  @Override
  HistoryStore store() {
    return store;
  }

  @Override
  FilledHistory filled() {
    return filled;
  }
}
