package io.tocsin.server.stage;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.tocsin.schemas.Figure;
import io.tocsin.schemas.ResourceKind;
import io.tocsin.schemas.Window;
import io.tocsin.server.http.Transport;
import io.tocsin.streams.topology.InstanceState;
import io.tocsin.streams.topology.ResourceWindows;
import io.tocsin.streams.topology.StateAnswer;
import io.tocsin.streams.topology.TopologyMap;
import java.io.PrintWriter;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StreamsServerTest {

  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

  private final FakeStreams here = new FakeStreams();
  private final FakeStreams there = new FakeStreams();
  private final StreamsServer server = server("here", here);
  private final StreamsServer other = server("there", there);
  private final HttpClient client = HttpClient.newHttpClient();
  private int port;
  private int otherPort;

  /** Streams that say what they are told to say. */
  private static final class FakeStreams implements StreamsSource {
    private final Map<String, StateAnswer> answers = new ConcurrentHashMap<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private volatile boolean running = true;

    @Override
    public InstanceState instance() {
      return new InstanceState(running, "RUNNING", List.of("0_1"), List.of(), 7);
    }

    @Override
    public StateAnswer state(String resourceId) {
      asked.add(resourceId);
      return answers.getOrDefault(resourceId, new StateAnswer.Unknown());
    }
  }

  private static StreamsServer server(String id, StreamsSource streams) {
    return new StreamsServer(
        id,
        "127.0.0.1",
        Transport.plain(),
        OtherInstances.through(null, Duration.ofSeconds(30)),
        streams,
        TopologyMap.ofStage(Clock.systemUTC()),
        new PrometheusMeterRegistry(PrometheusConfig.DEFAULT));
  }

  @BeforeEach
  void start() {
    port = server.start(0);
    otherPort = other.start(0);
  }

  @AfterEach
  void stop() {
    server.close();
    other.close();
  }

  @Test
  void tellsTheOpenWindowsOfAResource() throws Exception {
    here.answers.put("host/web-1", known("host/web-1"));

    HttpResponse<String> answer = get("/state/host/web-1");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body())
        .contains("\"resource\":\"host/web-1\"", "\"instance\":\"here\"")
        .contains("\"startsAt\":\"2026-01-01T12:00:00Z\"", "\"intervals\":4", "\"isFinal\":false")
        .contains("\"cpuPercent\":{\"mean\":40.0")
        .doesNotContain("null");
  }

  @Test
  void passesOnToTheInstanceThatHasIt() throws Exception {
    String id = "container/a b%2f?x=1#y";
    here.answers.put(id, new StateAnswer.Elsewhere("127.0.0.1", otherPort));
    there.answers.put(id, known(id));

    HttpResponse<String> answer = get("/state/container/a%20b%252f%3Fx=1%23y");

    assertThat(there.asked).containsExactly(id);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).contains("\"instance\":\"there\"");
  }

  @Test
  void aQuestionIsPassedOnOnceOnly() throws Exception {
    here.answers.put("host/web-1", new StateAnswer.Elsewhere("127.0.0.1", otherPort));
    there.answers.put("host/web-1", new StateAnswer.Elsewhere("127.0.0.1", port));

    HttpResponse<String> answer = get("/state/host/web-1");

    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.body()).contains("do not agree yet");
    assertThat(here.asked).hasSize(1);
    assertThat(there.asked).hasSize(1);
  }

  @Test
  void saysSoWhereTheInstanceThatHasItDoesNotAnswer() throws Exception {
    here.answers.put("host/web-1", new StateAnswer.Elsewhere("127.0.0.1", 1));

    assertThat(get("/state/host/web-1").statusCode()).isEqualTo(503);
    assertThat(get("/state/host/web-1").body()).contains("127.0.0.1:1 has it and does not answer");
  }

  @Test
  void anUnknownResourceIsNotFoundAndOneThatMovesIsAskedForLater() throws Exception {
    here.answers.put("host/moves", new StateAnswer.NotNow("its state is on its way"));

    assertThat(get("/state/host/nobody").statusCode()).isEqualTo(404);
    assertThat(get("/state/host/nobody").body()).contains("no sample of this resource has arrived");
    assertThat(get("/state/host/moves").statusCode()).isEqualTo(503);
    assertThat(get("/state/host/moves").headers().firstValue("Retry-After")).hasValue("1");
    assertThat(get("/state/host/moves").body()).contains("ask again in a second");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/state/host/..%2f..%2fetc",
        "/state/host//x",
        "/state/host/%0a",
        "/state/a/%2e%2e"
      })
  void whatIsNoResourceIdReachesNobody(String path) throws Exception {
    assertThat(raw("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"))
        .containsPattern("HTTP/1.1 (400|404)");
    assertThat(here.asked).allMatch(id -> !id.contains("..") && !id.contains("\n"));
  }

  @Test
  void isReadyOnlyWhileRecordsAreProcessedAndAliveBeforeThat() throws Exception {
    assertThat(get("/health/ready").statusCode()).isEqualTo(200);
    assertThat(get("/health/ready").body()).contains("\"active\":[\"0_1\"]", "\"lag\":7");
    here.running = false;
    assertThat(get("/health/ready").statusCode()).isEqualTo(503);
    assertThat(get("/health/live").statusCode()).isEqualTo(200);
  }

  @Test
  void showsItsTopologyAsTextGraphvizOrJson() throws Exception {
    assertThat(get("/topology").body()).contains("reads tocsin.samples");
    assertThat(get("/topology?as=dot").body()).startsWith("digraph tocsin");
    assertThat(get("/topology?as=json").body()).contains("\"kind\":\"SOURCE\"");
    assertThat(get("/topology?as=svg").statusCode()).isEqualTo(400);
  }

  @Test
  void aNameThatIsNotOursGetsNothing() throws Exception {
    String answer =
        raw("GET /instance HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n");

    assertThat(answer).contains("421").doesNotContain("RUNNING");
  }

  private static StateAnswer known(String id) {
    Window window =
        Window.newBuilder()
            .setResourceId(id)
            .setKind(ResourceKind.HOST)
            .setStartsAt(NOON)
            .setEndsAt(NOON.plusSeconds(10))
            .setSizeMs(10_000)
            .setLatestAt(NOON.plusSeconds(4))
            .setIsFinal(false)
            .setIntervals(4)
            .setCpuPercent(new Figure(40.0, 40.0, 40.0, 40.0, 40.0))
            .build();
    return new StateAnswer.Known(new ResourceWindows(id, NOON, NOON, List.of(window)));
  }

  private HttpResponse<String> get(String path) throws Exception {
    return client.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build(),
        BodyHandlers.ofString());
  }

  private String raw(String request) throws Exception {
    try (Socket socket = new Socket("127.0.0.1", port)) {
      PrintWriter out = new PrintWriter(socket.getOutputStream(), true, StandardCharsets.UTF_8);
      out.print(request);
      out.flush();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
