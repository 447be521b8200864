package io.tocsin.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code tocsin streams} says when it cannot work: a line, a way out, and an exit code. */
class StreamsTroubleITCase {

  private static final Duration PATIENCE = Duration.ofSeconds(120);

  @TempDir Path directory;

  @Test
  void withoutAClusterItSaysWhatToWrite() throws Exception {
    assertRefused("data-dir: " + directory, 3, "cluster: is missing", "bootstrap-servers");
  }

  @Test
  void aBrokerThatDoesNotAnswerIsNamed() throws Exception {
    assertRefused(
        config("127.0.0.1:1"), 6, "no Kafka broker answers at 127.0.0.1:1", "is it running");
  }

  @Test
  void aStateDirectoryThatCannotBeUsedIsNamed() throws Exception {
    Path file = Files.writeString(directory.resolve("file"), "");
    assertRefused(
        config("127.0.0.1:1") + "streams: {state-dir: %s}\n".formatted(file),
        11,
        file.toString(),
        "streams.state-dir");
  }

  @Test
  void aStateDirectoryThatAnotherInstanceUsesIsNamed() throws Exception {
    Path state = Files.createDirectories(directory.resolve("data/streams/tocsin-streams"));
    try (FileChannel channel =
            FileChannel.open(
                state.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock held = channel.lock()) {
      assertThat(held.isValid()).isTrue();
      assertRefused(config("127.0.0.1:1"), 12, "is in use by another instance", "instance-id");
    }
  }

  @Test
  void aTakenPortIsNamed() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      int port = taken.getLocalPort();
      assertRefused(
          config("127.0.0.1:1") + "streams: {http: {port: %d}}\n".formatted(port),
          14,
          "127.0.0.1:" + port,
          "streams.http");
    }
  }

  private String config(String bootstrapServers) {
    return """
        data-dir: %s
        cluster: {bootstrap-servers: "%s", registry: "http://127.0.0.1:1"}
        """
        .formatted(directory.resolve("data"), bootstrapServers);
  }

  private void assertRefused(String config, int exitCode, String... words) throws Exception {
    Path file = Files.writeString(directory.resolve("streams.yaml"), config);
    try (TocsinProcess refused =
        TocsinProcess.start(directory, "streams", "--config", file.toString())) {
      assertThat(refused.exitCode(PATIENCE)).as(refused::report).isEqualTo(exitCode);
      assertThat(refused.errors().lines()).as(refused::report).hasSize(1);
      assertThat(refused.errors()).contains(words);
    }
  }
}
