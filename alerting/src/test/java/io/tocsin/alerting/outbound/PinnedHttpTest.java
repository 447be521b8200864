package io.tocsin.alerting.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.tocsin.alerting.outbound.OutboundHttp.Answer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.Dns;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PinnedHttpTest {

  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-01-01T12:00:00Z"), ZoneOffset.UTC);
  private static final Duration LONG = Duration.ofSeconds(20);

  private final AtomicInteger calls = new AtomicInteger();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private HttpServer server;

  @BeforeEach
  void serve() throws IOException {
    server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void answer(HttpExchange exchange) throws IOException {
    calls.incrementAndGet();
    switch (exchange.getRequestURI().getPath()) {
      case "/redirect" -> {
        exchange.getResponseHeaders().add("Location", "http://169.254.169.254/latest/meta-data/");
        exchange.sendResponseHeaders(302, -1);
      }
      case "/huge" -> {
        exchange.sendResponseHeaders(200, 0);
        try (OutputStream out = exchange.getResponseBody()) {
          for (int i = 0; i < 10_000; i++) {
            out.write("0123456789".repeat(100).getBytes(StandardCharsets.UTF_8));
          }
        } catch (IOException stopped) {
          // The client reads no further, as it should.
        }
      }
      case "/later" -> {
        exchange.getResponseHeaders().add("Retry-After", "7");
        exchange.sendResponseHeaders(429, -1);
      }
      default -> {
        byte[] echo =
            (exchange.getRequestMethod()
                    + " "
                    + exchange.getRequestHeaders().getFirst("X-Test")
                    + " "
                    + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8))
                .getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, echo.length);
        exchange.getResponseBody().write(echo);
      }
    }
    exchange.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "localhost",
        "localhost.",
        "LOCALHOST",
        "127.1",
        "2130706433",
        "0x7f000001",
        "0x7f.1",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "[0:0:0:0:0:ffff:7f00:1]",
        "127.0.0.1.",
        "0",
        "169.254.169.254",
        "[fd00:ec2::254]",
        "10.0.0.1",
        "[64:ff9b::7f00:1]",
        "[fe80::1]",
      })
  void nothingReachesAnAddressInside(String host) throws InterruptedException {
    try (PinnedHttp http = new PinnedHttp(OutboundRules.of(List.of()), CLOCK)) {
      Answer answer = http.send(get("http://" + host + ":" + port() + "/secret-path"));

      // Some spellings are not understood by every name server; none may get through.
      assertThat(answer).isNotInstanceOf(Answer.Answered.class);
      assertThat(answer.toString()).doesNotContain("secret-path");
      assertThat(calls).hasValue(0);
    }
  }

  @Test
  void whatIsOpenedIsReached() throws InterruptedException {
    try (PinnedHttp http = open()) {
      Answer answer =
          http.send(
              new OutboundHttp.Call(
                  "POST",
                  local("/"),
                  Map.of("X-Test", "yes"),
                  "grüße".getBytes(StandardCharsets.UTF_8),
                  "text/plain",
                  LONG));

      assertThat(answer).isEqualTo(new Answer.Answered(200, null, "POST yes grüße"));
    }
  }

  @Test
  void aNameServerThatChangesItsAnswerIsAskedOnce() throws InterruptedException {
    // Judged: 127.0.0.2, where nobody listens. Asked again, it would say 127.0.0.1.
    ChangingNames names = new ChangingNames("127.0.0.2", "127.0.0.1");
    try (PinnedHttp http = new PinnedHttp(OutboundRules.of(List.of("127.0.0.2")), CLOCK, names)) {
      Answer answer = http.send(get("http://rebind.example.org:" + port() + "/"));

      assertThat(answer).isInstanceOf(Answer.Unreachable.class);
      assertThat(names.asked).hasValue(1);
      assertThat(calls).hasValue(0);
    }
  }

  @Test
  void aConnectionIsNotUsedAgainWithoutJudgement() throws InterruptedException {
    ChangingNames names = new ChangingNames("127.0.0.1", "10.0.0.1");
    try (PinnedHttp http = new PinnedHttp(OutboundRules.of(List.of("127.0.0.1")), CLOCK, names)) {
      URI uri = URI.create("http://rebind.example.org:" + port() + "/");

      assertThat(http.send(get(uri.toString()))).isInstanceOf(Answer.Answered.class);
      assertThat(http.send(get(uri.toString()))).isInstanceOf(Answer.Forbidden.class);
      assertThat(calls).hasValue(1);
    }
  }

  @Test
  void oneForbiddenAddressAmongOthersIsEnough() throws InterruptedException {
    Dns both =
        host -> List.of(InetAddress.getByName("127.0.0.1"), InetAddress.getByName("10.0.0.1"));
    try (PinnedHttp http = new PinnedHttp(OutboundRules.of(List.of("127.0.0.1")), CLOCK, both)) {
      assertThat(http.send(get("http://both.example.org:" + port() + "/")))
          .isEqualTo(
              new Answer.Forbidden(
                  "both.example.org: 10.0.0.1 is private; name it in allow-private if it is meant"));
    }
  }

  @Test
  void redirectsAreNotFollowed() throws InterruptedException {
    try (PinnedHttp http = open()) {
      assertThat(http.send(get(local("/redirect").toString())))
          .isEqualTo(new Answer.Answered(302, null, ""));
      assertThat(calls).hasValue(1);
    }
  }

  @Test
  void onlyTheBeginningOfAHugeBodyIsRead() throws InterruptedException {
    try (PinnedHttp http = open()) {
      Answer answer = http.send(get(local("/huge").toString()));

      assertThat(answer).isInstanceOf(Answer.Answered.class);
      assertThat(((Answer.Answered) answer).body()).hasSize(4_096).startsWith("0123456789");
    }
  }

  @Test
  void whatTheReceiverAsksForIsHandedOn() throws InterruptedException {
    try (PinnedHttp http = open()) {
      assertThat(http.send(get(local("/later").toString())))
          .isEqualTo(new Answer.Answered(429, Duration.ofSeconds(7), ""));
    }
  }

  @Test
  void aServerThatHangsIsGivenUp() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getByName("127.0.0.1"));
        PinnedHttp http = open()) {
      Answer answer =
          http.send(
              new OutboundHttp.Call(
                  "POST",
                  URI.create("http://127.0.0.1:" + silent.getLocalPort() + "/secret-path"),
                  Map.of(),
                  new byte[0],
                  "text/plain",
                  Duration.ofMillis(300)));

      assertThat(answer)
          .isEqualTo(
              new Answer.Unreachable(
                  "127.0.0.1:" + silent.getLocalPort() + " does not answer within 300 ms"));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "garbage\r\n\r\n",
        "",
        "HTTP/1.1 abc\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nshort"
      })
  void garbageIsNoAnswer(String garbage) throws Exception {
    try (ServerSocket odd = new ServerSocket(0, 5, InetAddress.getByName("127.0.0.1"));
        PinnedHttp http = open()) {
      threads.submit(
          () -> {
            while (true) {
              try (Socket socket = odd.accept()) {
                socket.getInputStream().read(new byte[8_192]);
                socket.getOutputStream().write(garbage.getBytes(StandardCharsets.UTF_8));
              }
            }
          });
      Answer answer = http.send(get("http://127.0.0.1:" + odd.getLocalPort() + "/"));

      assertThat(answer).isInstanceOf(Answer.Unreachable.class);
      assertThat(answer.toString()).doesNotContain("garbage");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ftp://127.0.0.1/",
        "file:///etc/passwd",
        "http://user:pass@127.0.0.1/",
        "gopher://x/",
        "http:///x",
        "jar:http://127.0.0.1!/x",
        "mailto:a@b"
      })
  void onlyTheWebIsCalled(String uri) throws InterruptedException {
    try (PinnedHttp http = open()) {
      assertThat(http.send(get(uri))).isInstanceOf(Answer.Forbidden.class);
    }
  }

  @Test
  void aServerWithoutTlsIsNotSpokenToInTheClear() throws Exception {
    try (ServerSocket plain = new ServerSocket(0, 5, InetAddress.getByName("127.0.0.1"));
        PinnedHttp http = open()) {
      Future<String> heard =
          threads.submit(
              () -> {
                try (Socket socket = plain.accept()) {
                  byte[] hello = new byte[8_192];
                  int length = socket.getInputStream().read(hello);
                  socket.getOutputStream().write("HTTP/1.1 400 Bad\r\n\r\n".getBytes());
                  return new String(hello, 0, length, StandardCharsets.ISO_8859_1);
                }
              });
      Answer answer = http.send(get("https://127.0.0.1:" + plain.getLocalPort() + "/secret-path"));

      assertThat(answer)
          .isEqualTo(
              new Answer.Unreachable(
                  "127.0.0.1:"
                      + plain.getLocalPort()
                      + " has no TLS, or a certificate that is not trusted"));
      assertThat(heard.get()).doesNotContain("secret-path");
    }
  }

  @Test
  void headersCannotBeInjectedAndTheirValuesAreNotTold() throws InterruptedException {
    try (PinnedHttp http = open()) {
      for (Map<String, String> headers :
          List.of(Map.of("X-Test", "s3cret\r\nX-Evil: 1"), Map.of("X\nEvil", "s3cret"))) {
        Answer answer =
            http.send(
                new OutboundHttp.Call("GET", local("/"), headers, new byte[0], "text/plain", LONG));
        assertThat(answer).isInstanceOf(Answer.Forbidden.class);
        assertThat(answer.toString()).doesNotContain("s3cret");
      }
      assertThat(calls).hasValue(0);
    }
  }

  @Test
  void aCallerThatStopsWaitingIsLetGo() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getByName("127.0.0.1"));
        PinnedHttp http = open()) {
      Thread.currentThread().interrupt();
      assertThatThrownBy(() -> http.send(get("http://127.0.0.1:" + silent.getLocalPort() + "/")))
          .isInstanceOf(InterruptedException.class);
    }
  }

  @Test
  void timeToWaitIsReadInBothFormsAndBounded() {
    Instant now = CLOCK.instant();
    assertThat(RetryAfter.parse("120", now)).isEqualTo(Duration.ofMinutes(2));
    assertThat(RetryAfter.parse("999999999", now)).isEqualTo(Duration.ofHours(1));
    assertThat(RetryAfter.parse("Thu, 01 Jan 2026 12:00:30 GMT", now))
        .isEqualTo(Duration.ofSeconds(30));
    assertThat(RetryAfter.parse("Thu, 01 Jan 2026 11:00:00 GMT", now)).isZero();
    for (String garbage : Arrays.asList(null, "", "-1", "soon", "1.5", "99999999999999999999")) {
      assertThat(RetryAfter.parse(garbage, now)).isNull();
    }
  }

  private PinnedHttp open() {
    return new PinnedHttp(OutboundRules.of(List.of("127.0.0.0/8")), CLOCK);
  }

  private int port() {
    return server.getAddress().getPort();
  }

  private URI local(String path) {
    return URI.create("http://127.0.0.1:" + port() + path);
  }

  private static OutboundHttp.Call get(String uri) {
    return new OutboundHttp.Call("GET", URI.create(uri), Map.of(), new byte[0], "text/plain", LONG);
  }

  /** Says something else each time. */
  private static final class ChangingNames implements Dns {
    private final Deque<String> answers = new ArrayDeque<>();
    private final AtomicInteger asked = new AtomicInteger();

    ChangingNames(String... answers) {
      this.answers.addAll(List.of(answers));
    }

    @Override
    public List<InetAddress> lookup(String host) throws UnknownHostException {
      asked.incrementAndGet();
      return List.of(InetAddress.getByName(answers.remove()));
    }
  }
}
