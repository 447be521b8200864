package io.tocsin.collectors.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tocsin.collectors.Problem;
import io.tocsin.collectors.docker.DockerSocket;
import io.tocsin.schemas.Examples;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(90)
class DockerInspectorTest {

  @Test
  void aCallThatIsNeverAnsweredIsEndedAndTheNextOnesDoNotTry(@TempDir Path folder)
      throws Exception {
    ManualTime time = new ManualTime(Examples.NOON);
    List<Problem> problems = new CopyOnWriteArrayList<>();
    Path socket = folder.resolve("docker.sock");
    try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(UnixDomainSocketAddress.of(socket));
      DockerInspector inspector =
          new DockerInspector(
              () -> new DockerSocket(socket).client(Duration.ofSeconds(1)),
              time::nanos,
              problems::add);
      CompletableFuture<Optional<ContainerFacts>> call =
          CompletableFuture.supplyAsync(() -> inspector.find("abc"));
      SocketChannel asked = server.accept();
      // Closing a client ends a call only once that has its connection and asks over it.
      asked.read(ByteBuffer.allocate(1));
      inspector.endSlowCall();
      assertThat(call).isNotDone();

      time.passes(Duration.ofSeconds(3));
      await()
          .until(
              () -> {
                inspector.endSlowCall();
                return call.isDone();
              });

      assertThat(call.get(10, TimeUnit.SECONDS)).isEmpty();
      assertThat(problems).hasSize(1);
      assertThat(inspector.find("another")).isEmpty();
      assertThat(problems).hasSize(2);
      inspector.close();
      asked.close();
    }
  }
}
