package io.tocsin.collectors.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tocsin.collectors.CollectorException;
import io.tocsin.collectors.Problem;
import io.tocsin.collectors.Problem.Reason;
import io.tocsin.collectors.Reading;
import io.tocsin.schemas.Examples;
import io.tocsin.schemas.Resource;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class DockerEventsTest {

  private final ManualTime time = new ManualTime(Examples.NOON);
  private final FakeDaemon fake = new FakeDaemon();

  @Test
  void withoutASocketItSaysWhatToDo(@TempDir Path folder) {
    try (DockerEvents collector = real(folder.resolve("docker.sock"))) {
      assertThatThrownBy(collector::collect)
          .isInstanceOf(CollectorException.class)
          .hasMessageContaining("security.docker.enabled");
    }
  }

  @Test
  void aSocketThatTakesConnectionsAndNeverAnswersMakesNoPassWait(@TempDir Path folder)
      throws Exception {
    Path socket = folder.resolve("docker.sock");
    try (ServerSocketChannel server = listening(socket);
        DockerEvents collector = real(socket)) {
      assertThat(collector.collect().problems()).isEmpty();
      server.accept();
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> problemsOf(collector).contains("does not answer"));
    }
  }

  @Test
  void aSocketThatAnswersGarbageIsNamedAndTheNextPassGoesOn(@TempDir Path folder) throws Exception {
    for (String answer :
        List.of("\u0000\u0001garbage".repeat(100_000), ok("{\"Type\":"), ok("7 {}"))) {
      Path socket = folder.resolve("docker" + answer.length() + ".sock");
      try (ServerSocketChannel server = listening(socket);
          DockerEvents collector = real(socket)) {
        answering(server, answer);
        await().atMost(Duration.ofSeconds(30)).until(() -> !problemsOf(collector).isEmpty());
      }
    }
  }

  @Test
  void whatIsOverTheQueueIsLostAndNamedOnce() throws Exception {
    DockerEvents collector = collector(3);
    collector.collect();
    IntStream.range(0, 10).forEach(i -> tell("start", "c" + i));

    Reading reading = collector.collect();

    assertThat(reading.events()).hasSize(3);
    assertThat(reading.problems()).extracting(Problem::reason).containsExactly(Reason.OVER_LIMIT);
    tell("start", "c10");
    Reading next = collector.collect();
    assertThat(next.events()).hasSize(1);
    assertThat(next.problems()).isEmpty();
  }

  @Test
  void aContainerIsListedUntilThePassAfterItWasDestroyed() throws Exception {
    DockerEvents collector = collector(100);
    collector.collect();
    tell("start", "a");
    tell("destroy", "b");
    collector.collect();
    assertThat(collector.resources())
        .extracting(Resource::getId)
        .containsExactly("host/host-1", "container/host-1.a", "container/host-1.b");

    collector.collect();

    assertThat(collector.resources())
        .extracting(Resource::getId)
        .containsExactly("host/host-1", "container/host-1.a");
    assertThat(collector.resources().get(1).getParent()).isEqualTo("host/host-1");
  }

  @Test
  void whatCameBeforeTheSocketWentAwayIsStillReported() throws Exception {
    boolean[] isThere = {true};
    DockerEvents collector = collector(100, () -> isThere[0], id -> Optional.empty());
    collector.collect();
    tell("start", "a");
    isThere[0] = false;

    Reading reading = collector.collect();

    assertThat(reading.events()).hasSize(1);
    assertThat(reading.problems()).extracting(Problem::reason).containsExactly(Reason.MISSING);
  }

  @Test
  void aDefectCostsOneEventAndNotTheStream() throws Exception {
    DockerEvents collector =
        collector(
            100,
            () -> true,
            id -> {
              throw new IllegalStateException("boom");
            });
    collector.collect();
    tell("create", "a");
    tell("start", "a");

    Reading reading = collector.collect();

    assertThat(reading.events()).extracting(event -> event.getAction()).containsExactly("start");
    assertThat(reading.problems()).extracting(Problem::reason).containsExactly(Reason.INTERNAL);
  }

  private void tell(String action, String container) {
    time.passes(Duration.ofMillis(1));
    fake.tell(time.nanos(), action, container);
  }

  private DockerEvents collector(int limit) {
    return collector(limit, () -> true, id -> Optional.empty());
  }

  private DockerEvents collector(
      int limit, java.util.function.BooleanSupplier isThere, ContainerLookup lookup) {
    return new DockerEvents(
        SecurityConfig.DEFAULT,
        "host-1",
        new Severities(Map.of()),
        new Inbox("security/docker", limit),
        new DockerEvents.Daemon("/run/docker.sock", isThere, fake, lookup),
        time::nanos,
        time);
  }

  private static DockerEvents real(Path socket) {
    SecurityConfig config =
        new SecurityConfig(new DockerEventsConfig(true, socket), null, null, null, null, null);
    return DockerEvents.of(config, "host-1", new Severities(Map.of()), Clock.systemUTC());
  }

  private static String problemsOf(DockerEvents collector) {
    try {
      return collector.collect().problems().toString().replace("[]", "");
    } catch (CollectorException e) {
      return e.getMessage();
    }
  }

  private static ServerSocketChannel listening(Path socket) throws Exception {
    ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    return server.bind(UnixDomainSocketAddress.of(socket));
  }

  private static String ok(String body) {
    return "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n" + body;
  }

  private static void answering(ServerSocketChannel server, String answer) {
    Thread thread =
        new Thread(
            () -> {
              try {
                while (true) {
                  try (SocketChannel client = server.accept()) {
                    client.read(ByteBuffer.allocate(4096));
                    client.write(ByteBuffer.wrap(answer.getBytes(StandardCharsets.UTF_8)));
                  }
                }
              } catch (java.io.IOException closed) {
                // The test is over.
              }
            });
    thread.setDaemon(true);
    thread.start();
  }
}
