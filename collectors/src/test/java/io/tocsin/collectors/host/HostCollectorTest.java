package io.tocsin.collectors.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.tocsin.collectors.CollectorException;
import io.tocsin.collectors.Problem;
import io.tocsin.collectors.Reading;
import io.tocsin.schemas.FilesystemSample;
import io.tocsin.schemas.Health;
import io.tocsin.schemas.Sample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class HostCollectorTest {

  private static final Problem DOES_NOT_ANSWER =
      new Problem(Problem.Reason.DEADLINE, "/b", "the file system does not answer");

  private static final String STAT =
      "cpu  1 0 0 0 0 0 0 0\ncpu0 1 0 0 0 0 0 0 0\nbtime %d\nprocs_running 1\n";

  private final SteppingClock clock = new SteppingClock();
  private final FakeFilesystems filesystems = new FakeFilesystems();
  @TempDir Path root;
  private HostCollector collector;

  @BeforeEach
  void aMachineWithCpuAndMemory() throws IOException {
    write("stat", STAT.formatted(1_000));
    write("meminfo", "MemTotal: 4 kB\nMemAvailable: 3 kB\nSwapTotal: 2 kB\nSwapFree: 1 kB\n");
    write("vmstat", "pswpin 1\npswpout 2\noom_kill 3\n");
    write("self/mountinfo", "1 0 8:1 / / rw - ext4 /dev/a rw\n2 1 8:2 / /b rw - ext4 /dev/b rw\n");
    collector = new HostCollector(config(root), clock, problem -> filesystems);
  }

  @AfterEach
  void close() {
    collector.close();
    filesystems.close();
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
  void slowPartsStandOnlyInTheSamplesThatAreDue() throws Exception {
    write("sys/vm/swappiness", "60\n");
    List<Integer> filesystemsAt = new ArrayList<>();
    List<Integer> tuningAt = new ArrayList<>();

    for (int second = 0; second <= 60; second++) {
      Sample.Builder sample = read();
      if (sample.hasFilesystems()) {
        filesystemsAt.add(second);
      }
      if (sample.getTuning() != null) {
        tuningAt.add(second);
      }
      clock.step(Duration.ofSeconds(1));
    }

    assertThat(filesystemsAt).containsExactly(0, 10, 20, 30, 40, 50, 60);
    assertThat(tuningAt).containsExactly(0, 60);
  }

  @Test
  void aFilesystemThatHangsIsUnknownAndTheRestOfThePassIsThere() throws Exception {
    filesystems.hang("/b");

    Reading reading = new HostCollector(patient(), clock, problem -> filesystems).collect();

    Sample.Builder sample = reading.samples().get(0);
    assertThat(sample.getCpu()).isNotNull();
    assertThat(sample.getFilesystems())
        .extracting(FilesystemSample::getMountPoint, FilesystemSample::getHealth)
        .containsExactly(tuple("/", Health.UP), tuple("/b", Health.UNKNOWN));
    assertThat(reading.problems()).contains(DOES_NOT_ANSWER);
  }

  @Test
  void aProblemOfASlowPartLastsUntilItIsLookedAtAgain() throws Exception {
    filesystems.hang("/b");
    collector.collect();
    clock.step(Duration.ofSeconds(1));
    assertThat(collector.collect().problems()).contains(DOES_NOT_ANSWER);

    filesystems.wake("/b");
    clock.step(Duration.ofSeconds(9));

    await().until(() -> everyTenSeconds().getFilesystems().get(1).getHealth() == Health.UP);
    assertThat(collector.collect().problems()).doesNotContain(DOES_NOT_ANSWER);
  }

  private Sample.Builder everyTenSeconds() throws CollectorException, InterruptedException {
    clock.step(Duration.ofSeconds(10));
    return read();
  }

  @Test
  void moreFilesystemsThanASampleTakesAreLeftOutByName() throws Exception {
    StringBuilder table = new StringBuilder();
    for (int i = 0; i <= Filesystems.MOST; i++) {
      table.append("%d 1 9:%d / /%d rw - ext4 /dev/x rw%n".formatted(i + 2, i, i));
    }
    write("self/mountinfo", table.toString());

    Reading reading = collector.collect();

    assertThat(reading.samples().get(0).getFilesystems()).hasSize(Filesystems.MOST);
    assertThat(reading.problems()).extracting(Problem::reason).contains(Problem.Reason.OVER_LIMIT);
  }

  @Test
  void typesAndMountsThatAreExcludedAreNotEvenAsked() throws Exception {
    write(
        "self/mountinfo",
        "1 0 8:1 / / rw - ext4 a rw\n2 1 8:2 / /b rw - fuse.odd b rw\n3 1 8:3 / /c/d rw - ext4 c"
            + " rw\n4 1 8:4 / /e rw - ext4 e rw\n5 1 8:5 / /e/f rw - ext4 f rw\n6 1 8:6 / /cc rw -"
            + " ext4 g rw\n");
    HostConfig config =
        new HostConfig(
            "web-1",
            null,
            null,
            null,
            root.resolve("proc"),
            root.resolve("sys"),
            null,
            null,
            null,
            List.of("fuse.odd"),
            List.of("/c", "/e/"),
            null);

    Reading reading = new HostCollector(config, clock, problem -> filesystems).collect();

    assertThat(reading.samples().get(0).getFilesystems())
        .extracting(FilesystemSample::getMountPoint)
        .containsExactly("/", "/cc", "/e");
    assertThat(filesystems.timesAsked("/b") + filesystems.timesAsked("/c/d")).isZero();
  }

  @Test
  void aFileWithoutEndIsRefusedAndTheNextPassReadsItAgain() throws Exception {
    write("vmstat", "x".repeat(5 * 1024 * 1024));
    assertThat(collector.collect().problems())
        .anyMatch(problem -> problem.what().startsWith("is larger than"));

    write("vmstat", "pswpin 1\npswpout 2\noom_kill 3\npgmajfault 4\n");

    assertThat(read().getMemory().getMajorFaults()).isEqualTo(4);
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void onARealMachineCountersGrow() throws Exception {
    // Its file systems are due again after ten seconds, which a busy machine must not make of one.
    HostCollector real = new HostCollector(HostConfig.DEFAULT, clock);

    Sample.Builder first = real.collect().samples().get(0);
    Sample.Builder second = real.collect().samples().get(0);

    assertThat(first.getCpu().getCores()).isGreaterThanOrEqualTo(1);
    assertThat(first.getMemory().getTotalBytes())
        .isGreaterThan(first.getMemory().getAvailableBytes());
    assertThat(second.getCpu().getUserUs() + second.getCpu().getIdleUs())
        .isGreaterThanOrEqualTo(first.getCpu().getUserUs() + first.getCpu().getIdleUs());
    assertThat(first.getBootedAt()).isBefore(Instant.now());
    assertThat(first.getFilesystems()).isNotEmpty();
    assertThat(second.hasFilesystems()).isFalse();
  }

  private Sample.Builder read() throws CollectorException, InterruptedException {
    return collector.collect().samples().get(0);
  }

  /** One that waits for file systems for as long as a busy machine may need to ask them. */
  private HostConfig patient() {
    return new HostConfig(
        "web-1",
        null,
        null,
        Duration.ofSeconds(10),
        root.resolve("proc"),
        root.resolve("sys"),
        null,
        Duration.ofSeconds(4),
        null,
        null,
        null,
        null);
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
