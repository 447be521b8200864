package io.tocsin.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person reads, and a script gets, when the program cannot start. */
class RefusalITCase {

  private static final Duration LIMIT = Duration.ofSeconds(60);

  @TempDir Path directory;

  @Test
  void aTakenPortIsOneLineAndExitCode14() throws Exception {
    TestInstallation installation = new TestInstallation(directory);
    Path config = installation.configure("");
    try (ServerSocket other =
        new ServerSocket(installation.apiPort(), 1, InetAddress.getLoopbackAddress())) {
      assertRefused(
          14, "port " + other.getLocalPort() + " (ports.api)", "up", "-c", config.toString());
    }
  }

  @Test
  void aDataDirectoryThatCannotBeMadeIsOneLineAndExitCode11() throws Exception {
    TestInstallation installation = new TestInstallation(directory);
    Path config = installation.configure("");
    Path file = Files.writeString(directory.resolve("file"), "in the way");
    assertRefused(
        11,
        "cannot be used",
        "up",
        "-c",
        config.toString(),
        "--data-dir",
        file.resolve("data").toString());
  }

  @Test
  void tooLittleDiskIsOneLineAndExitCode13() throws Exception {
    TestInstallation installation = new TestInstallation(directory);
    Path config = installation.configure("min-free-disk: 9999999GiB");
    assertRefused(13, "MiB are wanted", "up", "-c", config.toString());
  }

  @Test
  void aBrokenConfigurationIsOneLineForEachProblemAndExitCode3() throws Exception {
    Path config = Files.writeString(directory.resolve("bad.yaml"), "ports: {kafka: 99999}\n");
    assertRefused(3, "bad.yaml:1:", "up", "-c", config.toString());
  }

  @Test
  void aPipelineThatIsNotThereIsOneLineAndExitCode4() throws Exception {
    int port = TestInstallation.freePorts(1).get(0);
    assertRefused(4, "no pipeline answers", "status", "--api", "http://127.0.0.1:" + port);
  }

  private void assertRefused(int exitCode, String words, String... arguments)
      throws IOException, InterruptedException {
    try (TocsinProcess process = TocsinProcess.start(directory, arguments)) {
      assertThat(process.exitCode(LIMIT)).as(process.errors()).isEqualTo(exitCode);
      assertThat(process.errors().lines())
          .singleElement()
          .asString()
          .startsWith("tocsin: ")
          .contains(words);
    }
  }
}
