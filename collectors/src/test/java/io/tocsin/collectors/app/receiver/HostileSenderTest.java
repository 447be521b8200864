package io.tocsin.collectors.app.receiver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tocsin.collectors.Problem;
import io.tocsin.collectors.Problem.Reason;
import io.tocsin.collectors.Reading;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Senders that are slow, endless, too large or not what they say. */
@Timeout(120)
class HostileSenderTest {

  private static final int BODY_LIMIT = 60_000;

  private final List<Socket> sockets = new ArrayList<>();
  private final List<Problem> problems = new ArrayList<>();
  private ReceiverCollector receiver;
  private Sender sender;

  @BeforeEach
  void open() throws Exception {
    open(Receivers.config(BODY_LIMIT, null, null));
  }

  private void open(ReceiverConfig config) throws Exception {
    receiver = Receivers.receiver(config);
    receiver.open();
    sender = new Sender(receiver.port());
  }

  @AfterEach
  void close() throws IOException {
    for (Socket socket : sockets) {
      socket.close();
    }
    receiver.close();
  }

  @Test
  void aBodyOverTheLimitIsAnswered413() throws Exception {
    byte[] tooLong = new byte[BODY_LIMIT + 1];
    Arrays.fill(tooLong, (byte) '\n');

    assertThat(sender.post("/write", tooLong).statusCode()).isEqualTo(413);
    assertThat(sender.post("/write", Arrays.copyOf(tooLong, BODY_LIMIT)).statusCode())
        .isEqualTo(204);
    assertThat(reasons()).containsExactly(Reason.OVER_LIMIT);
  }

  @Test
  void theLimitHoldsForWhatComesOutOfTheInflater() throws Exception {
    byte[] bomb = Sender.gzip(new byte[50_000_000]);

    assertThat(bomb).hasSizeLessThan(BODY_LIMIT);
    assertThat(sender.post("/write", bomb, "Content-Encoding", "gzip").statusCode()).isEqualTo(413);
  }

  @Test
  void gzipThatIsCutOffOrNoneIsRefused() throws Exception {
    byte[] whole = Sender.gzip("a value=1\nb value=2\n".getBytes(StandardCharsets.UTF_8));
    byte[] cut = Arrays.copyOf(whole, whole.length - 9);

    assertThat(sender.post("/write", cut, "Content-Encoding", "gzip").statusCode()).isEqualTo(400);
    assertThat(sender.post("/write", "plain", "Content-Encoding", "gzip").statusCode())
        .isEqualTo(400);
    assertThat(sender.post("/write", whole, "Content-Encoding", "br").statusCode()).isEqualTo(415);
    assertThat(receiver.collect().measurements()).isEmpty();
    assertThat(sender.post("/write", whole, "Content-Encoding", "gzip").statusCode())
        .isEqualTo(204);
  }

  @Test
  void anEndlessChunkedBodyIsEnded() throws Exception {
    Socket socket = connect();
    OutputStream out = socket.getOutputStream();
    String chunk = "1000\r\n" + "x".repeat(0x1000) + "\r\n";

    write(out, "POST /write HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");
    boolean ended = false;
    for (int i = 0; i < 100_000 && !ended; i++) {
      try {
        write(out, chunk);
      } catch (IOException closed) {
        ended = true;
      }
    }

    assertThat(ended).isTrue();
    assertThat(reasons()).contains(Reason.OVER_LIMIT);
  }

  @Test
  void sendersThatTrickleAreCutOffAndOthersServed() throws Exception {
    receiver.close();
    // Who is cut off and slow to end, as on a busy machine, is cut off again after as long a time.
    open(Receivers.config(BODY_LIMIT, null, null, Duration.ofSeconds(4)));
    for (int i = 0; i < 40; i++) {
      write(connect().getOutputStream(), i % 2 == 0 ? "POST /wri" : head(1000) + "half");
    }

    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () -> assertThat(reasons().stream().filter(Reason.DEADLINE::equals)).hasSize(40));
    assertThat(sender.post("/write", "a value=1").statusCode()).isEqualTo(204);
    for (Socket socket : sockets) {
      socket.setSoTimeout(15_000);
      assertThat(readToEnd(socket)).isTrue();
    }
  }

  @Test
  void aSenderThatHangsUpInTheMiddleLeavesNothingBehind() throws Exception {
    for (int i = 0; i < 50; i++) {
      Socket socket = connect();
      write(socket.getOutputStream(), head(BODY_LIMIT - 1) + "a value=1\n".repeat(1000));
      socket.setSoLinger(true, 0);
      socket.close();
    }

    byte[] large = "a value=1\n".repeat(BODY_LIMIT / 10).getBytes(StandardCharsets.UTF_8);
    // Whoever has hung up holds memory until that is noticed; 429 asks to come again until then.
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> assertThat(sender.post("/write", large).statusCode()).isEqualTo(204));
    assertThat(receiver.collect().measurements()).hasSize(BODY_LIMIT / 10);
  }

  @Test
  void bytesOfAnyKindGetAnAnswer() throws Exception {
    byte[] bytes = new byte[4096];
    new Random(1).nextBytes(bytes);

    for (String path : List.of("/write", "/api/v2/write", "/v1/metrics", "/api/v1/events")) {
      for (String type : List.of(OtlpEndpoint.PROTOBUF, OtlpEndpoint.JSON)) {
        assertThat(sender.post(path, bytes, "Content-Type", type).statusCode()).isBetween(400, 415);
      }
    }
    assertThat(reasons()).doesNotContain(Reason.INTERNAL);
  }

  @Test
  void servicesWithoutEndAreBounded() throws Exception {
    for (int i = 0; i < 3; i++) {
      StringBuilder body = new StringBuilder();
      for (int j = 0; j < 500; j++) {
        body.append("a,service=s").append(i).append('-').append(j).append(" value=1\n");
      }
      assertThat(sender.post("/write", body.toString()).statusCode()).isEqualTo(204);
    }
    Reading reading = receiver.collect();

    assertThat(reading.measurements()).hasSize(1000);
    assertThat(receiver.resources()).hasSize(1000);
    assertThat(reading.problems()).hasSize(500);
  }

  private List<Reason> reasons() {
    problems.addAll(receiver.collect().problems());
    return problems.stream().map(Problem::reason).toList();
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), receiver.port());
    sockets.add(socket);
    return socket;
  }

  private static String head(int length) {
    return "POST /write HTTP/1.1\r\nHost: x\r\nContent-Length: " + length + "\r\n\r\n";
  }

  private static void write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  /** Whether the other side has hung up, and has not just become silent. */
  private static boolean readToEnd(Socket socket) {
    try {
      while (socket.getInputStream().read() >= 0) {
        // An answer may come first.
      }
      return true;
    } catch (SocketTimeoutException silent) {
      return false;
    } catch (IOException reset) {
      return true;
    }
  }
}
