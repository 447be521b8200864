package io.tocsin.history;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import io.tocsin.embedded.Ports;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** With Debian's InfluxDB 1.6, which knows InfluxQL and the line protocol of all later ones. */
class InfluxHistoryITCase extends HistoryStoreContract {

  @TempDir static Path temp;

  private static Process influx;
  private static FilledHistory filled;
  private static HistoryStore store;

  @BeforeAll
  static void fill() throws Exception {
    List<Integer> ports = Ports.free(2);
    start(ports);
    String url = "http://127.0.0.1:" + ports.get(0);
    HttpClient http = HttpClient.newHttpClient();
    await()
        .atMost(Duration.ofSeconds(60))
        .ignoreExceptions()
        .until(
            () ->
                http.send(
                            HttpRequest.newBuilder(URI.create(url + "/ping")).build(),
                            BodyHandlers.discarding())
                        .statusCode()
                    == 204);
    HistoryPlace place = new InfluxAddress(url, "", "tocsin", 1);
    place.prepare();
    place.prepare(); // a second time changes nothing
    filled = new FilledHistory(place, Duration.ZERO);
    filled.write();
    filled.awaitAll();
    store = place.open();
  }

  private static void start(List<Integer> ports) throws IOException {
    Path config =
        Files.writeString(
            temp.resolve("influxdb.conf"),
            """
            reporting-disabled = true
            bind-address = "127.0.0.1:%d"
            [meta]
              dir = "%s/meta"
            [data]
              dir = "%s/data"
              wal-dir = "%s/wal"
            [http]
              bind-address = "127.0.0.1:%d"
              log-enabled = false
            """
                .formatted(ports.get(1), temp, temp, temp, ports.get(0)));
    try {
      influx =
          new ProcessBuilder("influxd", "-config", config.toString())
              .redirectErrorStream(true)
              .redirectOutput(temp.resolve("influxd.log").toFile())
              .start();
    } catch (IOException missing) {
      String message = "influxd is not there: apt-get install influxdb";
      if (Boolean.getBoolean("tocsin.parts.required")) {
        fail(message);
      }
      abort(message);
    }
  }

  @AfterAll
  static void stop() throws InterruptedException {
    if (store != null) {
      store.close();
    }
    if (influx != null) {
      influx.destroy();
      influx.waitFor();
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
