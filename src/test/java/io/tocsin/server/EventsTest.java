package io.tocsin.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.tocsin.schemas.Examples;
import io.tocsin.schemas.HealOutcome;
import io.tocsin.schemas.HealResult;
import io.tocsin.schemas.IncidentState;
import io.tocsin.schemas.Priority;
import io.tocsin.schemas.Resource;
import io.tocsin.schemas.ResourceKind;
import io.tocsin.schemas.ThroughputWindow;
import io.tocsin.schemas.exchange.Received;
import io.tocsin.schemas.topic.Topic;
import io.tocsin.schemas.topic.Topics;
import io.tocsin.server.access.AccessControl;
import io.tocsin.server.story.StoryApi;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EventsTest {

  private final Views views = new Views();
  private final AtomicReference<Readiness> readiness =
      new AtomicReference<>(new Readiness(true, Map.of("streams", Readiness.UP), 1));
  private final PrometheusMeterRegistry meters =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final ApiServer server =
      new ApiServer(
          views,
          readiness::get,
          meters,
          AccessControl.OPEN,
          new TickingClock(Examples.NOON),
          StoryApi.Ladders.NONE,
          List.of());
  private final HttpClient client = HttpClient.newHttpClient();
  private int port;

  @BeforeEach
  void start() {
    resource("host/web-1");
    port = server.start(0);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  /** What one page heard; closing it is what a browser does when the page is left. */
  private record Listening(List<String> lines, AtomicReference<Stream<String>> body) {
    boolean heard(String text) {
      return lines.stream().anyMatch(line -> line.contains(text));
    }

    String lastId() {
      return lines.stream()
          .filter(line -> line.startsWith("id: "))
          .reduce((older, newer) -> newer)
          .orElseThrow()
          .substring(4);
    }
  }

  private Listening listen(String query, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1/events" + query))
            .header("Accept", "text/event-stream");
    if (headers.length > 0) {
      request.headers(headers);
    }
    Listening listening = new Listening(new CopyOnWriteArrayList<>(), new AtomicReference<>());
    client
        .sendAsync(request.build(), BodyHandlers.ofLines())
        .thenAccept(
            (HttpResponse<Stream<String>> answer) -> {
              listening.body().set(answer.body());
              answer.body().forEach(listening.lines()::add);
            });
    return listening;
  }

  @Test
  void everyEventHasAnIdAndWhoComesBackHearsWhatItMissed() {
    Listening first = listen("?areas=incidents");
    await().until(() -> first.heard("event: hello"));
    open("a");
    await().until(() -> first.heard("\"id\":\"a\""));
    String last = first.lastId();
    open("b");

    Listening again = listen("?areas=incidents", "Last-Event-ID", last);

    await().until(() -> again.heard("\"id\":\"b\""));
    assertThat(again.heard("event: hello")).isFalse();
    assertThat(again.heard("\"id\":\"a\"")).isFalse();
    assertThat(again.lines().stream().filter(line -> line.startsWith("id: ")).count())
        .isEqualTo(again.lines().stream().filter(line -> line.startsWith("event: ")).count());
  }

  @Test
  void whoDoesNotTakeAStreamIsToldWhatToSend() throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1/events")).build();
    HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).isEqualTo(406);
    assertThat(answer.body()).contains("Accept: text/event-stream");
  }

  @Test
  void whoComesBackWithAnIdOfAnotherProcessIsToldToAskForEverything() {
    Listening page = listen("", "Last-Event-ID", "12345678-7");

    await().until(() -> page.heard("event: hello"));
  }

  @Test
  void aPageHearsOfTheAreasItAskedFor() {
    Listening heal = listen("?areas=heal,silences");
    await().until(() -> heal.heard("event: hello"));

    open("a");
    take(Topics.HEAL_RESULTS, step());

    // The data of an event is the line after its name.
    await().until(() -> heal.heard("\"plan\":\"p\""));
    assertThat(heal.heard("event: heal")).isTrue();
    assertThat(heal.heard("event: incident")).isFalse();
  }

  @Test
  void theMapHearsWhatStandsOtherwiseAndWhenItHasToBeAskedForAgain() {
    Listening map = listen("?areas=fleet");
    await().until(() -> map.heard("event: hello"));

    var incident = ViewsTest.incident("a", Priority.P0, IncidentState.OPEN, 1);
    incident.setResourceId("host/web-1");
    take(Topics.INCIDENTS, incident);
    await().until(() -> map.heard("\"states\":{\"host/web-1\":7}"));

    resource("host/web-2");
    await().until(() -> map.heard("\"changed\":true"));
  }

  @Test
  void windowsComeOfTheOneResourceThatIsLookedAt() {
    Listening page = listen("?areas=windows&resource=host/web-1");
    await().until(() -> page.heard("event: hello"));

    take(Topics.THROUGHPUTS, throughput("host/web-2"));
    take(Topics.THROUGHPUTS, throughput("host/web-1"));

    await().until(() -> page.heard("\"what\":\"throughput\""));
    assertThat(page.heard("event: window")).isTrue();
    assertThat(page.heard("host/web-2")).isFalse();
  }

  @Test
  void aPartThatTroublesIsTold() {
    Listening page = listen("?areas=status");
    await().until(() -> page.heard("event: status"));

    readiness.set(new Readiness(false, Map.of("streams", "not running"), 1));

    await().until(() -> page.heard("\"streams\":\"not running\""));
  }

  @Test
  void aPageThatDoesNotReadIsDisconnectedAndKeepsNobodyWaiting() throws IOException {
    Listening other = listen("?areas=incidents");
    await().until(() -> other.heard("event: hello"));
    try (Socket lazy = new Socket()) {
      lazy.setReceiveBufferSize(4_096);
      lazy.connect(new java.net.InetSocketAddress("127.0.0.1", port));
      OutputStream out = lazy.getOutputStream();
      out.write(
          ("GET /api/v1/events HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: text/event-stream\r\n\r\n")
              .getBytes(StandardCharsets.US_ASCII));
      out.flush();
      await().until(() -> meters.get("tocsin.server.pages").gauge().value() == 2);

      int told = 0;
      while (meters.find("tocsin.server.pages.dropped").counter() == null && told < 60_000) {
        open("flood-" + told++);
        if (told % 200 == 0) {
          String last = "flood-" + (told - 1) + "\"";
          await().atMost(Duration.ofSeconds(60)).until(() -> other.heard(last));
          other.lines().clear();
        }
      }

      assertThat(meters.get("tocsin.server.pages.dropped").counter().count()).isEqualTo(1);
      open("afterwards");
      await().until(() -> other.heard("\"id\":\"afterwards\""));
    }
  }

  private void open(String id) {
    take(Topics.INCIDENTS, ViewsTest.incident(id, Priority.P0, IncidentState.OPEN, 1));
  }

  private void resource(String id) {
    take(
        Topics.RESOURCES,
        Resource.newBuilder()
            .setId(id)
            .setKind(ResourceKind.HOST)
            .setName(id)
            .setUpdatedAt(Examples.NOON)
            .build());
  }

  private static HealResult step() {
    return HealResult.newBuilder()
        .setPlanId("p")
        .setIncidentId("i")
        .setAttempt(1)
        .setAction("restart")
        .setTargetId("container/web")
        .setOutcome(HealOutcome.INTENT)
        .setReason("")
        .setAt(Examples.NOON)
        .build();
  }

  private static ThroughputWindow throughput(String resource) {
    return ThroughputWindow.newBuilder()
        .setResourceId(resource)
        .setKind(ResourceKind.HOST)
        .setStartsAt(Examples.NOON)
        .setEndsAt(Examples.NOON.plusSeconds(10))
        .setSizeMs(10_000)
        .setLatestAt(Examples.NOON)
        .setIsFinal(false)
        .setCoveredMs(1_000)
        .build();
  }

  private <V extends SpecificRecord> void take(Topic<V> topic, V value) {
    byte[] key = topic.keyOf(value).getBytes(StandardCharsets.UTF_8);
    views.apply(new Received<>(topic, value, new ConsumerRecord<>(topic.name(), 0, 0, key, null)));
  }
}
