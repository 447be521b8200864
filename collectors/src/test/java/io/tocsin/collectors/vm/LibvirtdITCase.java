package io.tocsin.collectors.vm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tocsin.collectors.CollectorException;
import io.tocsin.collectors.Reading;
import io.tocsin.schemas.Health;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A libvirtd of the test's own, with its built-in test driver: it hangs, dies and comes back. */
@Timeout(180)
class LibvirtdITCase {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private Path folder;
  private Process daemon;
  private VmCollector collector;

  @BeforeEach
  void start() throws Exception {
    LibvirtPart.needLibrary();
    LibvirtPart.needProgram("libvirtd", "libvirt-daemon");
    LibvirtPart.needProgram("setpriv", "util-linux");
    folder = Files.createTempDirectory("libvirtd");
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
    startDaemon();
    collector =
        new VmCollector(
            new VmConfig(
                "test+unix:///default?socket=" + socket(), null, null, null, null, "h", null),
            Clock.systemUTC());
  }

  private Path socket() {
    return folder.resolve("run/libvirt/libvirt-sock");
  }

  private void startDaemon() throws IOException {
    List<String> command = new ArrayList<>();
    if ("root".equals(System.getProperty("user.name"))) {
      // A daemon of root is the system's, and there can only be one of those.
      command.addAll(List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"));
    }
    command.addAll(List.of("libvirtd", "--timeout", "120"));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD);
    builder.environment().put("HOME", folder.toString());
    builder.environment().put("XDG_RUNTIME_DIR", folder.resolve("run").toString());
    builder.environment().put("XDG_CONFIG_HOME", folder.resolve("config").toString());
    builder.environment().put("XDG_CACHE_HOME", folder.resolve("cache").toString());
    Files.createDirectories(folder.resolve("run"));
    Files.setPosixFilePermissions(
        folder.resolve("run"), PosixFilePermissions.fromString("rwxrwxrwx"));
    daemon = builder.start();
    await().atMost(PATIENCE).until(() -> Files.exists(socket()));
  }

  @AfterEach
  void stop() throws Exception {
    if (collector != null) {
      collector.close();
    }
    if (daemon != null) {
      daemon.destroyForcibly().waitFor();
    }
    if (folder != null) {
      try (Stream<Path> all = Files.walk(folder)) {
        for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.deleteIfExists(path);
        }
      }
    }
  }

  private void awaitHealth(Health health) {
    await()
        .atMost(PATIENCE)
        // Until the first answer nothing is known that could be called UNKNOWN.
        .ignoreExceptionsInstanceOf(CollectorException.class)
        .untilAsserted(
            () -> assertThat(collect().samples().get(0).getState().getHealth()).isEqualTo(health));
  }

  private Reading collect() throws Exception {
    return collector.collect();
  }

  @Test
  void oneThatStopsAnsweringLeavesEveryDomainUnknownUntilItAnswersAgain() throws Exception {
    awaitHealth(Health.UP);
    LibvirtPart.signal("STOP", daemon.pid());
    for (int pass = 0; pass < 3; pass++) {
      Reading reading = collect();
      assertThat(reading.samples()).hasSize(1);
      assertThat(reading.samples().get(0).getState().getHealth()).isEqualTo(Health.UNKNOWN);
      assertThat(reading.problems().get(0).what()).startsWith("libvirt does not answer");
    }
    LibvirtPart.signal("CONT", daemon.pid());
    awaitHealth(Health.UP);
  }

  @Test
  void oneThatDiedIsConnectedToAgainWhenItIsBack() throws Exception {
    awaitHealth(Health.UP);
    daemon.destroyForcibly().waitFor();
    awaitHealth(Health.UNKNOWN);
    Files.deleteIfExists(socket());
    startDaemon();
    awaitHealth(Health.UP);
  }
}
