package io.tocsin.collectors.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tocsin.collectors.Reading;
import io.tocsin.collectors.parts.RealPart;
import io.tocsin.schemas.FilesystemSample;
import io.tocsin.schemas.Health;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A FUSE file system whose server is stopped: what a dead NFS server does to a machine. */
@Timeout(60)
class HungMountITCase {

  private static final Path BINDFS = Path.of("/usr/bin/bindfs");

  @TempDir Path folder;
  private Path mountPoint;
  private Process server;
  private HostCollector collector;
  private final SteppingClock clock = new SteppingClock();

  @BeforeEach
  void mount() throws Exception {
    RealPart.need("FUSE", missing());
    Path shared = Files.createDirectory(folder.resolve("shared"));
    mountPoint = Files.createDirectory(folder.resolve("a mount"));
    server =
        new ProcessBuilder(
                BINDFS.toString(), "-f", "--no-allow-other", shared.toString(), "" + mountPoint)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile())
            .start();
    await().until(this::isMounted);
    collector = new HostCollector(everySecondEverything(), clock);
  }

  @AfterEach
  void unmount() throws Exception {
    if (server != null) {
      if (server.isAlive()) {
        run("kill", "-CONT", "" + server.pid());
      }
      run("umount", "-l", mountPoint.toString());
      server.destroy();
      server.waitFor(5, TimeUnit.SECONDS);
    }
  }

  @Test
  void aStoppedServerIsUnknownAndHoldsUpOnePassOnly() throws Exception {
    assertThat(read().getHealth()).isEqualTo(Health.UP);
    assertThat(read().getInodes()).isPositive();

    run("kill", "-STOP", "" + server.pid());
    FilesystemSample hung = read();
    assertThat(hung.getHealth()).isEqualTo(Health.UNKNOWN);
    assertThat(hung.getEvidence()).startsWith("has not answered since ");
    assertThat(hung.getTotalBytes()).isNull();
    for (int pass = 0; pass < 20; pass++) {
      assertThat(read().getHealth()).isEqualTo(Health.UNKNOWN);
    }
    assertThat(hangingThreads()).isEqualTo(1);

    run("kill", "-CONT", "" + server.pid());
    await().until(() -> read().getHealth() == Health.UP);
    await().until(() -> hangingThreads() == 0);
  }

  @Test
  void aDeadServerIsDown() throws Exception {
    server.destroyForcibly().waitFor();

    FilesystemSample dead = read();

    assertThat(dead.getHealth()).isEqualTo(Health.DOWN);
    assertThat(dead.getEvidence()).contains("not connected");
  }

  private FilesystemSample read() throws Exception {
    clock.step(Duration.ofSeconds(1));
    Reading reading = collector.collect();
    assertThat(reading.samples().get(0).getCpu()).isNotNull();
    assertThat(reading.samples().get(0).getFilesystems())
        .filteredOn(sample -> sample.getMountPoint().equals("/"))
        .extracting(FilesystemSample::getHealth)
        .containsExactly(Health.UP);
    return reading.samples().get(0).getFilesystems().stream()
        .filter(sample -> sample.getMountPoint().equals(mountPoint.toString()))
        .findFirst()
        .orElseThrow();
  }

  private static HostConfig everySecondEverything() {
    return new HostConfig(
        null, null, null, null, null, null, Duration.ofSeconds(1), null, null, null, null, null);
  }

  private static long hangingThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("host-filesystems"))
        .count();
  }

  private boolean isMounted() throws IOException {
    String escaped = mountPoint.toString().replace(" ", "\\040");
    return Files.readString(Path.of("/proc/self/mountinfo")).contains(escaped);
  }

  private static Optional<String> missing() {
    if (!Files.isExecutable(BINDFS)) {
      return Optional.of("install bindfs");
    }
    return Files.isWritable(Path.of("/dev/fuse"))
        ? Optional.empty()
        : Optional.of("run as root on a kernel with FUSE, so that /dev/fuse can be written");
  }

  private static void run(String... command) throws Exception {
    assertThat(new ProcessBuilder(command).inheritIO().start().waitFor(10, TimeUnit.SECONDS))
        .as(String.join(" ", command))
        .isTrue();
  }
}
