package io.tocsin.collectors.security;

import io.tocsin.collectors.Collector;
import io.tocsin.collectors.CollectorContract;
import io.tocsin.collectors.CollectorException;
import io.tocsin.collectors.Reading;
import io.tocsin.schemas.Examples;
import io.tocsin.schemas.Resource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;

class FalcoAlertsContractTest extends CollectorContract {

  private final ManualTime time = new ManualTime(Examples.NOON);
  @TempDir private Path folder;

  /** Falco writes an alert before each pass. */
  @Override
  protected Collector healthy() throws Exception {
    Path file = Files.createTempFile(folder, "events", ".json");
    Collector collector = collector(file);
    Collector fed =
        new Collector() {
          private int passes;

          @Override
          public String name() {
            return collector.name();
          }

          @Override
          public Duration interval() {
            return collector.interval();
          }

          @Override
          public List<Resource> resources() {
            return collector.resources();
          }

          @Override
          public Reading collect() throws CollectorException, InterruptedException {
            write(file, passes++);
            return collector.collect();
          }
        };
    fed.collect();
    return fed;
  }

  @Override
  protected Collector troubled() {
    return collector(folder.resolve("none"));
  }

  private Collector collector(Path file) {
    SecurityConfig config =
        new SecurityConfig(null, null, new FalcoConfig(file, null, null), null, null, null);
    FalcoReader reader = new FalcoReader("host-1", new Severities(Map.of()), time);
    return new FalcoAlerts(config, reader, "host-1", time::nanos, time);
  }

  private static void write(Path file, int number) {
    try {
      Files.writeString(
          file,
          ("{\"rule\":\"Shell\",\"priority\":\"Notice\",\"output\":\"%d\","
                  + "\"output_fields\":{\"container.id\":\"abc\",\"container.name\":\"shop-1\"}}\n")
              .formatted(number),
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
