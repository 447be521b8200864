package io.tocsin.collectors.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tocsin.collectors.Problem;
import io.tocsin.collectors.Problem.Reason;
import io.tocsin.collectors.Reading;
import io.tocsin.schemas.Examples;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class FalcoAlertsTest {

  private static final String ALERT =
      "{\"rule\":\"Shell\",\"priority\":\"Warning\",\"time\":\"2026-01-01T11:59:59Z\",\"output\":\"%s\"}";

  private final ManualTime time = new ManualTime(Examples.NOON);
  private final HttpClient client = HttpClient.newHttpClient();
  @TempDir private Path folder;
  private FalcoAlerts collector;

  @AfterEach
  void stop() {
    collector.close();
  }

  @Test
  void anAlertThatIsPostedIsReported() throws Exception {
    listen(10, null);

    assertThat(post("application/json", ALERT.formatted("one"))).isEqualTo(204);

    Reading reading = collector.collect();
    assertThat(reading.events()).extracting(event -> event.getDetail()).containsExactly("one");
    assertThat(reading.problems()).isEmpty();
    assertThat(collector.collect().events()).isEmpty();
  }

  @Test
  void anAlertThatComesByFileAndPostCountsOnce() throws Exception {
    Path file = folder.resolve("events.json");
    listen(10, file);
    Files.writeString(file, ALERT.formatted("one") + "\n");
    post("application/json", ALERT.formatted("one"));

    assertThat(collector.collect().events()).hasSize(1);
  }

  @Test
  void aFileThatIsMissingStopsNoPosts() throws Exception {
    listen(10, folder.resolve("none"));
    post("application/json", ALERT.formatted("one"));

    Reading reading = collector.collect();

    assertThat(reading.events()).hasSize(1);
    assertThat(reasons(reading)).containsExactly(Reason.MISSING);
  }

  @Test
  void whatIsNoAlertIsRefusedAndNamed() throws Exception {
    listen(10, null);

    assertThat(post("application/json", "garbage")).isEqualTo(400);
    assertThat(post("text/plain", ALERT.formatted("from a browser"))).isEqualTo(415);
    assertThat(post("application/json", ALERT.formatted("x".repeat(70_000)))).isEqualTo(413);

    Reading reading = collector.collect();
    assertThat(reading.events()).isEmpty();
    assertThat(reasons(reading))
        .containsExactlyInAnyOrder(Reason.MALFORMED, Reason.REFUSED, Reason.OVER_LIMIT);
  }

  @Test
  void aFullQueueSaysSoToFalcoAndIsNamed() throws Exception {
    listen(2, null);
    List<Integer> answers = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      answers.add(post("application/json", ALERT.formatted(i)));
    }

    assertThat(answers).containsExactly(204, 204, 503, 503);
    assertThat(reasons(collector.collect())).containsExactly(Reason.OVER_LIMIT);
  }

  @Test
  void sendersThatNeverFinishDoNotKeepOthersOut() throws Exception {
    listen(10, null);
    List<Socket> slow = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      slow.add(begin("POST / HTTP/1.1\r\nContent-Type: appli"));
      slow.add(
          begin(
              "POST / HTTP/1.1\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n{"));
    }
    List<Reason> told = new ArrayList<>();
    // All of them, or those that come late to their turn would still keep the others out.
    for (Socket socket : slow) {
      await()
          .atMost(Duration.ofSeconds(30))
          .until(
              () -> {
                time.passes(Duration.ofSeconds(6));
                told.addAll(reasons(collector.collect()));
                return isClosed(socket);
              });
    }
    assertThat(told).contains(Reason.TRUNCATED);

    assertThat(post("application/json", ALERT.formatted("one"))).isEqualTo(204);
    for (Socket socket : slow) {
      socket.close();
    }
  }

  @Test
  void alertsOfAPassThatIsGivenUpAreReportedByTheNext() throws Exception {
    Path file = folder.resolve("events.json");
    Files.writeString(file, ALERT.formatted("x").concat("\n"));
    make(10, new FalcoConfig(file, FalcoConfig.From.BEGINNING, null));
    Thread.currentThread().interrupt();
    try {
      collector.collect();
    } catch (InterruptedException expected) {
      Thread.interrupted();
    }

    assertThat(collector.collect().events()).hasSize(1);
  }

  private void listen(int limit, Path file) throws Exception {
    make(limit, new FalcoConfig(file, null, 0));
    collector.open();
  }

  private void make(int limit, FalcoConfig falco) {
    SecurityConfig config = new SecurityConfig(null, null, falco, null, null, limit);
    FalcoReader reader = new FalcoReader("host-1", new Severities(Map.of()), time);
    collector = new FalcoAlerts(config, reader, "host-1", time::nanos, time);
  }

  private int post(String type, String body) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + collector.port() + "/"))
            .header("Content-Type", type)
            .POST(BodyPublishers.ofString(body))
            .build();
    return client.send(request, BodyHandlers.discarding()).statusCode();
  }

  private Socket begin(String request) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), collector.port());
    socket.setSoTimeout(10);
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    return socket;
  }

  private static boolean isClosed(Socket socket) {
    try {
      while (socket.getInputStream().read() >= 0) {
        // An answer may come first.
      }
      return true;
    } catch (SocketTimeoutException isOpen) {
      return false;
    } catch (IOException reset) {
      return true;
    }
  }

  private static List<Reason> reasons(Reading reading) {
    return reading.problems().stream().map(Problem::reason).toList();
  }
}
