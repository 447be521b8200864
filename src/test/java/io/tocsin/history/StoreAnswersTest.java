package io.tocsin.history;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a store says over HTTP, from a real server on this machine, and what is done about it. */
class StoreAnswersTest {

  private static final String BEARER = "Token secret";

  /**
   * One answer.
   *
   * @param retryAfter header; null for none
   */
  private record Say(int status, String retryAfter, String body) {}

  private final Deque<Say> says = new ArrayDeque<>();
  private final Set<String> stored = Collections.synchronizedSet(new HashSet<>());
  private final List<String> givenUp = new ArrayList<>();
  private final List<Duration> pauses = new ArrayList<>();
  private final List<String> troubles = new ArrayList<>();
  private int mostBytes = Integer.MAX_VALUE;
  private String poison = "nothing is";
  private HttpServer server;
  private PointStore store;
  private BatchWriter writer;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/api/v2/write", this::answer);
    server.start();
    String url = "http://127.0.0.1:" + server.getAddress().getPort();
    store = new InfluxPointStore(url, null, BEARER, "ops", table -> "tocsin", false);
    writer =
        new BatchWriter(
            store,
            (record, reason) -> givenUp.add(reason),
            within -> {
              pauses.add(within);
              writer.trouble().ifPresent(troubles::add);
              return false;
            },
            new SimpleMeterRegistry());
  }

  @AfterEach
  void stop() {
    store.close();
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    List<String> lines = Arrays.asList(new String(body, StandardCharsets.UTF_8).split("\n"));
    assertThat(exchange.getRequestHeaders().getFirst("Authorization")).isEqualTo(BEARER);
    if (!says.isEmpty()) {
      say(exchange, says.pop());
    } else if (body.length > mostBytes) {
      say(exchange, new Say(413, null, "{\"message\":\"too large\"}"));
    } else if (lines.stream().anyMatch(line -> line.contains(poison))) {
      // As InfluxDB does: what can be kept is kept.
      lines.stream().filter(line -> !line.contains(poison)).forEach(stored::add);
      say(exchange, new Say(422, null, "{\"message\":\"partial write: 1 dropped\"}"));
    } else {
      stored.addAll(lines);
      say(exchange, new Say(204, null, ""));
    }
  }

  private static void say(HttpExchange exchange, Say say) throws IOException {
    if (say.status() == 0) {
      exchange.close(); // without a word
      return;
    }
    if (say.retryAfter() != null) {
      exchange.getResponseHeaders().add("Retry-After", say.retryAfter());
    }
    byte[] body = say.body().getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(say.status(), body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private static List<BatchWriter.Entry> batch(int size) {
    return IntStream.range(0, size)
        .mapToObj(number -> new BatchWriter.Entry(null, "windows,r=" + number + " v=1.0 1"))
        .toList();
  }

  @Test
  void aWrongPasswordIsWaitedForAndSaidAndNoPointIsGivenUp() {
    says.add(new Say(401, null, "{\"code\":\"unauthorized\",\"message\":\"no\"}"));
    says.add(new Say(403, null, "{\"code\":\"forbidden\",\"message\":\"read only\"}"));
    says.add(new Say(404, null, "{\"code\":\"not found\",\"message\":\"bucket\"}"));
    assertThat(writer.write(batch(10))).isTrue();
    assertThat(stored).hasSize(10);
    assertThat(givenUp).isEmpty();
    assertThat(troubles).hasSize(3);
    assertThat(troubles.get(0)).contains("401", "check the account or token of history");
    assertThat(troubles.get(1)).contains("403", "check the account or token of history");
    assertThat(troubles.get(2)).contains("404", "no such bucket");
    assertThat(writer.trouble()).isEmpty();
  }

  @Test
  void aStoreThatIsBusyIsWaitedForAsLongAsItAsks() {
    says.add(new Say(429, "7", "{\"message\":\"slow down\"}"));
    says.add(new Say(503, "30", ""));
    says.add(new Say(503, "86400", ""));
    says.add(new Say(429, "Fri, 28 Nov 2036 10:00:00 GMT", ""));
    assertThat(writer.write(batch(10))).isTrue();
    assertThat(pauses)
        .startsWith(Duration.ofSeconds(7), Duration.ofSeconds(30), Duration.ofMinutes(1))
        .hasSize(4);
    assertThat(stored).hasSize(10);
    assertThat(givenUp).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 500, 502, 503, 504, 507})
  void whatIsNoWordAboutThePointsIsWaitedFor(int status) {
    says.add(new Say(status, null, ""));
    says.add(new Say(status, null, "<html>a proxy's page</html>"));
    assertThat(writer.write(batch(10))).isTrue();
    assertThat(stored).hasSize(10);
    assertThat(givenUp).isEmpty();
    assertThat(pauses).isNotEmpty();
  }

  @Test
  void aRequestThatIsTooLargeIsSplitAndAPointThatIsTooLargeIsGivenUpAlone() {
    mostBytes = 1_000;
    List<BatchWriter.Entry> batch = new ArrayList<>(batch(500));
    batch.add(new BatchWriter.Entry(null, "windows,r=huge v=\"" + "x".repeat(2_000) + "\" 1"));
    assertThat(writer.write(batch)).isTrue();
    assertThat(stored).hasSize(500);
    assertThat(givenUp).hasSize(1).first().asString().contains("413");
    assertThat(pauses).isEmpty();
  }

  @Test
  void ofARequestThatIsKeptInPartTheBadPointAloneIsGivenUp() {
    poison = "r=77 ";
    assertThat(writer.write(batch(100))).isTrue();
    assertThat(stored).hasSize(99);
    assertThat(givenUp).hasSize(1).first().asString().contains("422").contains("partial write");
  }

  @Test
  void aRequestThatIsRefusedAsAWholeLosesItsBadPointAlone() {
    says.add(new Say(400, null, "{\"message\":\"unable to parse\"}"));
    poison = "r=3 ";
    assertThat(writer.write(batch(8))).isTrue();
    assertThat(stored).hasSize(7);
    assertThat(givenUp).hasSize(1);
  }
}
