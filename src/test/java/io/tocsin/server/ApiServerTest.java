package io.tocsin.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tocsin.schemas.Examples;
import io.tocsin.schemas.SecurityReport;
import io.tocsin.schemas.SeverityTotals;
import io.tocsin.schemas.TallyBoard;
import io.tocsin.schemas.exchange.Received;
import io.tocsin.schemas.topic.Topics;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the server answers to those who look, and how it stands. */
class ApiServerTest {

  private final ApiFixture api = new ApiFixture();

  @AfterEach
  void close() {
    api.close();
  }

  @Test
  void listsOpenIncidentsAsJson() throws Exception {
    api.open("a");

    HttpResponse<String> answer = api.get("/api/v1/incidents");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
    assertThat(answer.body()).contains("\"id\":\"a\"", "\"startedAt\":\"2026-01-01T12:00:00Z\"");
  }

  @Test
  void listsWhatWasToldOfAnIncidentAndRefusesOtherQuestions() throws Exception {
    assertThat(api.get("/api/v1/deliveries?incident=a").body()).isEqualTo("[]");
    assertThat(api.get("/api/v1/deliveries?channel=chat").statusCode()).isEqualTo(400);
  }

  @Test
  void answersWithAnEmptyReportBeforeThereIsOneAndWithoutPolicies() throws Exception {
    assertThat(api.get("/api/v1/policies").body()).isEqualTo("[]");
    assertThat(api.get("/api/v1/security/report").body()).contains("there is no report yet");
  }

  @Test
  void hostileTextInAReportIsAJsonStringAndNoPage() throws Exception {
    String hostile = "<script>alert(1)</script>\"";
    api.views.apply(
        new Received<>(
            Topics.SECURITY_REPORT,
            SecurityReport.newBuilder()
                .setAt(Examples.NOON)
                .setHeadline(hostile)
                .setDenied(new SeverityTotals(1L, 0L, 0L, 0L))
                .setAudited(new SeverityTotals(0L, 0L, 0L, 0L))
                .setByContainer(new TallyBoard(List.of(), new SeverityTotals(0L, 0L, 0L, 0L), 0L))
                .setByPolicy(new TallyBoard(List.of(), new SeverityTotals(0L, 0L, 0L, 0L), 0L))
                .build(),
            new ConsumerRecord<>("tocsin.security-report", 0, 0, null, null)));

    HttpResponse<String> answer = api.get("/api/v1/security/report");

    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
    assertThat(answer.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
    assertThat(answer.body()).contains("alert(1)</script>\\\"\"").contains("\"critical\":1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/v1/incidents?state=sideways", "/api/v1/incidents?colour=P0"})
  void saysWhatWouldBeRightWhereAParameterIsWrong(String path) throws Exception {
    HttpResponse<String> answer = api.get(path);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.headers().firstValue("Content-Type").orElseThrow())
        .startsWith("application/problem+json");
    assertThat(answer.body())
        .containsAnyOf("state: must be open or resolved or all", "none of those there are");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/v1/incidents/nobody", "/api/v2/incidents", "/..%2f..%2fetc/passwd"})
  void answersWhatIsNotThereWithAProblem(String path) throws Exception {
    HttpResponse<String> answer = api.get(path);

    assertThat(answer.statusCode()).isBetween(400, 404);
    assertThat(answer.body()).doesNotContain("root:");
  }

  @Test
  void isReadyOnlyWhileEveryPartIs() throws Exception {
    assertThat(api.get("/health/ready").statusCode()).isEqualTo(200);

    api.readiness.set(new Readiness(false, Map.of("streams", "not running"), 1));

    assertThat(api.get("/health/ready").statusCode()).isEqualTo(503);
    assertThat(api.get("/health/ready").body()).contains("\"streams\":\"not running\"");
    assertThat(api.get("/health/live").statusCode()).isEqualTo(200);
  }

  @Test
  void exposesItsMetersToPrometheus() throws Exception {
    api.meters.counter("tocsin.recorder.points", "outcome", "stored").increment(3);

    assertThat(api.get("/metrics").body())
        .contains("tocsin_recorder_points_total{outcome=\"stored\"} 3.0");
  }

  @Test
  void letsThePageRunNoScriptButItsOwn() throws Exception {
    HttpResponse<String> page = api.get("/");

    assertThat(page.body()).contains("<main id=\"main\"");
    assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
        .contains("default-src 'none'", "script-src 'self'")
        .doesNotContain("unsafe");
    assertThat(api.get("/app.js").body()).doesNotContain("innerHTML");
  }

  @Test
  void answersToNoOtherName() throws IOException {
    try (Socket socket = new Socket("127.0.0.1", api.port)) {
      PrintWriter request =
          new PrintWriter(socket.getOutputStream(), true, StandardCharsets.US_ASCII);
      request.print("GET /api/v1/incidents HTTP/1.1\r\nHost: rebound.example\r\n\r\n");
      request.flush();
      BufferedReader answer =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
      assertThat(answer.readLine()).contains(" 421 ");
    }
  }

  @Test
  void tellsAnOpenPageOfEveryChange() {
    List<String> lines = new CopyOnWriteArrayList<>();
    var stream =
        api.client.sendAsync(
            HttpRequest.newBuilder(api.uri("/api/v1/events"))
                .header("Accept", "text/event-stream")
                .build(),
            BodyHandlers.ofLines());
    stream.thenAccept(answer -> answer.body().forEach(lines::add));
    await().until(() -> lines.contains("event: hello"));

    api.open("live");

    // The data of an event is the line after its name.
    await().until(() -> lines.stream().anyMatch(line -> line.contains("\"id\":\"live\"")));
    assertThat(lines).contains("event: incident");
  }
}
