package io.tocsin.collectors.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tocsin.collectors.CollectorException;
import io.tocsin.collectors.Problem;
import io.tocsin.collectors.Reading;
import io.tocsin.schemas.Sample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class HostCollectorTest {

  private static final String STAT =
      "cpu  1 0 0 0 0 0 0 0\ncpu0 1 0 0 0 0 0 0 0\nbtime %d\nprocs_running 1\n";

  @TempDir Path root;
  private HostCollector collector;

  @BeforeEach
  void aMachineWithCpuAndMemory() throws IOException {
    write("stat", STAT.formatted(1_000));
    write("meminfo", "MemTotal: 4 kB\nMemAvailable: 3 kB\nSwapTotal: 2 kB\nSwapFree: 1 kB\n");
    write("vmstat", "pswpin 1\npswpout 2\noom_kill 3\n");
    collector = new HostCollector(config(root), Clock.systemUTC());
  }

  @Test
  void bootTimeStaysWhenTheWallClockIsSet() throws Exception {
    assertThat(read().getBootedAt()).isEqualTo(Instant.ofEpochSecond(1_000));

    write("stat", STAT.formatted(5_000));

    assertThat(read().getBootedAt()).isEqualTo(Instant.ofEpochSecond(1_000));
  }

  @Test
  void aBrokenVmstatDoesNotLookLikeABurstOfKillsLater() throws Exception {
    write("vmstat", "pswpin 1\npswpout 2\noom_ki");

    Reading reading = collector.collect();

    assertThat(reading.samples().get(0).getMemory()).isNull();
    assertThat(reading.problems()).extracting(Problem::reason).contains(Problem.Reason.TRUNCATED);
    write("vmstat", "pswpin 1\npswpout 2\noom_kill 3\n");
    assertThat(read().getMemory().getOomKills()).isEqualTo(3);
  }

  @Test
  void aPlaceWithoutProcfsIsAnErrorThatNamesThePlace() {
    Path nowhere = root.resolve("nowhere");
    HostCollector blind = new HostCollector(config(nowhere), Clock.systemUTC());

    assertThatThrownBy(blind::collect)
        .isInstanceOf(CollectorException.class)
        .hasMessageContaining(nowhere.resolve("proc").toString())
        .hasMessageContaining("is procfs mounted");
  }

  @Test
  void pressureThatCannotBeReadIsNamedAndLeavesTheRestAsItIs() throws Exception {
    // A folder cannot be read as a file, which is the nearest to a refusal that a test can make.
    Files.createDirectories(root.resolve("proc/pressure/cpu"));

    Reading reading = collector.collect();

    assertThat(reading.samples().get(0).getPressure()).isNull();
    assertThat(reading.samples().get(0).getCpu()).isNotNull();
    assertThat(reading.problems())
        .filteredOn(problem -> problem.where().contains("pressure"))
        .extracting(Problem::reason)
        .containsExactly(Problem.Reason.UNREADABLE);
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void onARealMachineCountersGrow() throws Exception {
    HostCollector real = new HostCollector(HostConfig.DEFAULT, Clock.systemUTC());

    Sample.Builder first = real.collect().samples().get(0);
    Sample.Builder second = real.collect().samples().get(0);

    assertThat(first.getCpu().getCores()).isGreaterThanOrEqualTo(1);
    assertThat(first.getMemory().getTotalBytes())
        .isGreaterThan(first.getMemory().getAvailableBytes());
    assertThat(second.getCpu().getUserUs() + second.getCpu().getIdleUs())
        .isGreaterThanOrEqualTo(first.getCpu().getUserUs() + first.getCpu().getIdleUs());
    assertThat(first.getBootedAt()).isBefore(Instant.now());
  }

  private Sample.Builder read() throws CollectorException {
    return collector.collect().samples().get(0);
  }

  private static HostConfig config(Path root) {
    return new HostConfig("web-1", null, null, null, root.resolve("proc"), root.resolve("sys"));
  }

  private void write(String file, String text) throws IOException {
    Path path = root.resolve("proc").resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }
}
