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
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;

class TrivyReportsContractTest extends CollectorContract {

  private final ManualTime time = new ManualTime(Examples.NOON);
  @TempDir private Path folder;

  /** A report with another finding in the same artifact comes before each pass. */
  @Override
  protected Collector healthy() throws Exception {
    Path reports = Files.createTempDirectory(folder, "reports");
    TrivyReports collector =
        new TrivyReports(
            new TrivyConfig(reports, null, null, null), new Severities(Map.of()), time);
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
          public Duration deadline() {
            return collector.deadline();
          }

          @Override
          public List<Resource> resources() {
            return collector.resources();
          }

          @Override
          public Reading collect() throws CollectorException, InterruptedException {
            write(reports.resolve(passes + ".json"), "CVE-" + passes++);
            return collector.collect();
          }
        };
    fed.collect();
    return fed;
  }

  @Override
  protected Collector troubled() {
    return new TrivyReports(
        new TrivyConfig(folder.resolve("none"), null, null, null), new Severities(Map.of()), time);
  }

  private void write(Path file, String finding) {
    try {
      Files.writeString(
          file,
          ("{\"SchemaVersion\":2,\"ArtifactName\":\"shop:1\",\"Results\":[{\"Secrets\":"
                  + "[{\"RuleID\":\"%s\"}]}]}")
              .formatted(finding));
      Files.setLastModifiedTime(file, FileTime.from(time.instant().minusSeconds(10)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
