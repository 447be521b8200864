package io.tocsin.collectors.echo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(90)
class EchoServerTest {

  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

  private final AtomicLong nanos = new AtomicLong();
  private EchoServer server;

  @BeforeEach
  void start() throws IOException {
    server = EchoServer.start(new EchoConfig(null, 0, 0, 2, null, 100, 5), nanos::get);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket(LOOPBACK, server.tcpPort());
    socket.setSoTimeout(15_000);
    return socket;
  }

  private static byte[] question(int size, int sequence) {
    ByteBuffer question = ByteBuffer.allocate(size);
    EchoMark.question(question, size, 7, sequence);
    return question.array();
  }

  private byte[] ask(DatagramSocket socket, byte[] question) throws IOException {
    return ask(socket, question, 15_000);
  }

  /** The same where no answer is to come. */
  private byte[] askInVain(DatagramSocket socket, byte[] question) throws IOException {
    return ask(socket, question, 300);
  }

  private byte[] ask(DatagramSocket socket, byte[] question, int patienceMs) throws IOException {
    socket.send(new DatagramPacket(question, question.length, LOOPBACK, server.udpPort()));
    DatagramPacket answer = new DatagramPacket(new byte[2_000], 2_000);
    socket.setSoTimeout(patienceMs);
    try {
      socket.receive(answer);
    } catch (SocketTimeoutException none) {
      return null;
    }
    return Arrays.copyOf(answer.getData(), answer.getLength());
  }

  @Test
  void aStreamComesBackAsItWasAlsoWhenItsSenderIsSlowToRead() throws Exception {
    byte[] sent = new byte[3_000_000];
    new Random(1).nextBytes(sent);
    try (Socket socket = connect()) {
      CompletableFuture<Void> sending =
          CompletableFuture.runAsync(
              () -> {
                try {
                  OutputStream out = socket.getOutputStream();
                  out.write(sent);
                  socket.shutdownOutput();
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
      TimeUnit.MILLISECONDS.sleep(200);
      assertThat(socket.getInputStream().readAllBytes()).isEqualTo(sent);
      sending.join();
    }
    await().until(() -> server.counters().open() == 0);
    assertThat(server.counters().bytes()).isEqualTo(sent.length);
    assertThat(server.counters().broken()).isZero();
  }

  @Test
  void oneConnectionTooManyIsClosedAndCounted() throws Exception {
    try (Socket one = connect();
        Socket two = connect()) {
      for (Socket socket : new Socket[] {one, two}) {
        socket.getOutputStream().write(1);
        assertThat(socket.getInputStream().read()).isEqualTo(1);
      }
      try (Socket three = connect()) {
        assertThat(three.getInputStream().read()).isEqualTo(-1);
      }
    }
    assertThat(server.counters().refused()).isEqualTo(1);
    await().until(() -> server.counters().open() == 0);
    try (Socket again = connect()) {
      again.getOutputStream().write(2);
      assertThat(again.getInputStream().read()).isEqualTo(2);
    }
  }

  @Test
  void aConnectionThatSaysNothingIsClosed() throws Exception {
    try (Socket socket = connect()) {
      socket.getOutputStream().write(1);
      assertThat(socket.getInputStream().read()).isEqualTo(1);
      nanos.addAndGet(TimeUnit.SECONDS.toNanos(59));
      socket.getOutputStream().write(2);
      assertThat(socket.getInputStream().read()).isEqualTo(2);
      nanos.addAndGet(TimeUnit.SECONDS.toNanos(61));
      assertThat(socket.getInputStream().read()).isEqualTo(-1);
    }
    assertThat(server.counters().idle()).isEqualTo(1);
  }

  @Test
  void aResetConnectionTakesNobodyAlong() throws Exception {
    try (Socket other = connect()) {
      Socket socket = connect();
      socket.getOutputStream().write(1);
      assertThat(socket.getInputStream().read()).isEqualTo(1);
      socket.setSoLinger(true, 0);
      socket.close();
      await().until(() -> server.counters().broken() == 1 && server.counters().open() == 1);
      other.getOutputStream().write(3);
      assertThat(other.getInputStream().read()).isEqualTo(3);
    }
  }

  @Test
  void aQuestionIsAnsweredOnceAtTheSameLength() throws Exception {
    try (DatagramSocket socket = new DatagramSocket()) {
      byte[] answer = ask(socket, question(100, 3));
      assertThat(answer).hasSize(100);
      assertThat(EchoMark.sequence(ByteBuffer.wrap(answer), 7, 10)).isEqualTo(3);
      assertThat(EchoMark.sequence(ByteBuffer.wrap(answer), 8, 10)).isEqualTo(-1);
      assertThat(EchoMark.sequence(ByteBuffer.wrap(answer), 7, 3)).isEqualTo(-1);
    }
    await().until(() -> server.counters().datagrams() == 1);
  }

  @Test
  void anAnswerIsNotAnsweredSoThatTwoRespondersCannotTalkForEver() throws Exception {
    try (DatagramSocket socket = new DatagramSocket()) {
      byte[] answer = ask(socket, question(16, 0));
      assertThat(askInVain(socket, answer)).isNull();
      assertThat(askInVain(socket, "hello".getBytes(StandardCharsets.UTF_8))).isNull();
      assertThat(askInVain(socket, new byte[0])).isNull();
    }
    await().untilAsserted(() -> assertThat(server.counters().foreign()).isEqualTo(3));
  }

  @Test
  void whatIsTooLongOrTooMuchIsLeftUnansweredAndCounted() throws Exception {
    try (DatagramSocket socket = new DatagramSocket()) {
      assertThat(askInVain(socket, question(101, 0))).isNull();
      for (int i = 0; i < 5; i++) {
        assertThat(ask(socket, question(16, i))).isNotNull();
      }
      assertThat(askInVain(socket, question(16, 6))).isNull();
      // The time it comes in is the one before, however late the server reads it.
      await().until(() -> server.counters().tooMany() == 1);
      nanos.addAndGet(TimeUnit.SECONDS.toNanos(1));
      assertThat(ask(socket, question(16, 7))).isNotNull();
    }
    await().until(() -> server.counters().datagrams() == 6);
    EchoCounters counters = server.counters();
    assertThat(counters.tooLong()).isEqualTo(1);
    assertThat(counters.tooMany()).isEqualTo(1);
  }

  @Test
  void aPortThatIsTakenIsNamed() {
    assertThatThrownBy(
            () ->
                EchoServer.start(new EchoConfig(null, server.tcpPort(), 0, null, null, null, null)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("127.0.0.1 port tcp " + server.tcpPort());
  }

  @Test
  void afterCloseNothingListens() throws Exception {
    int port = server.tcpPort();
    server.close();
    server.join();
    assertThatThrownBy(() -> new Socket(LOOPBACK, port).close()).isInstanceOf(IOException.class);
  }
}
