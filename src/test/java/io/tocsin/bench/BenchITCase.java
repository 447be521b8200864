package io.tocsin.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A short bench on real parts. What it measures is not looked at, only that it measures. */
@Timeout(600)
class BenchITCase {

  @TempDir Path directory;

  @Test
  void eachSampleIsInOneFinalWindowAndEveryPartIsMeasured() throws Exception {
    Path profile = directory.resolve("s.jfr");
    BenchPlan plan =
        new BenchPlan(
            List.of(100),
            Duration.ofSeconds(3),
            7,
            200,
            Set.of(Engine.RAW, Engine.STREAMS),
            2,
            directory.resolve("data"),
            Path.of("target/registry").toAbsolutePath(),
            profile,
            List.of("-Xmx256m"),
            1,
            0,
            0);
    List<Row> rows = new Bench(plan, Clock.systemUTC(), what -> {}).run();
    assertThat(rows).extracting(Row::engine).containsExactly("raw produce", "raw copy", "streams");
    assertThat(rows)
        .allSatisfy(
            row -> {
              assertThat(row.samplesPerSecond()).isPositive();
              assertThat(row.cpuPerMillionPoints()).containsKey("broker");
              assertThat(row.peakBytes().values()).allMatch(bytes -> bytes > 1 << 20);
            });
    Row streams = rows.get(2);
    assertThat(streams.check().found()).isEqualTo(streams.check().expected()).isPositive();
    assertThat(streams.check().updates()).isPositive();
    assertThat(streams.paced().fresh().count()).isPositive();
    assertThat(streams.stateBytes()).isPositive();
    assertThat(streams.profile()).containsKey("where the time goes");
    assertThat(Files.size(profile)).isPositive();
    // A process that was killed may end a moment after who killed it.
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> assertThat(ProcessHandle.current().descendants()).isEmpty());
  }
}
