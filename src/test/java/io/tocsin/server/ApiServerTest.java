package io.tocsin.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.tocsin.schemas.Command;
import io.tocsin.schemas.CommandKind;
import io.tocsin.schemas.Examples;
import io.tocsin.schemas.ExternalAlert;
import io.tocsin.schemas.HealOutcome;
import io.tocsin.schemas.HealResult;
import io.tocsin.schemas.IncidentState;
import io.tocsin.schemas.Priority;
import io.tocsin.schemas.SecurityReport;
import io.tocsin.schemas.SeverityTotals;
import io.tocsin.schemas.TallyBoard;
import io.tocsin.schemas.exchange.Received;
import io.tocsin.schemas.topic.Topics;
import io.tocsin.server.access.AccessControl;
import io.tocsin.server.delivery.DeliveryApi;
import io.tocsin.server.healing.HealApi;
import io.tocsin.server.incident.AlertmanagerApi;
import io.tocsin.server.incident.CommandApi;
import io.tocsin.server.incident.SilenceApi;
import io.tocsin.server.security.SecurityApi;
import io.tocsin.server.story.StoryApi;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApiServerTest {

  private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

  private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

  private final Views views = new Views();
  private final AtomicReference<Readiness> readiness =
      new AtomicReference<>(new Readiness(true, Map.of("streams", Readiness.UP), 1));
  private final PrometheusMeterRegistry meters =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final List<Command> sent = new CopyOnWriteArrayList<>();
  private final CommandApi commands =
      new CommandApi(
          views.incidents(),
          command -> {
            sent.add(command);
            return CompletableFuture.completedFuture(null);
          },
          Clock.fixed(NOW, ZoneOffset.UTC));
  private final List<ExternalAlert> posted = new CopyOnWriteArrayList<>();
  private final AlertmanagerApi alertmanager =
      new AlertmanagerApi(
          alert -> {
            posted.add(alert);
            return CompletableFuture.completedFuture(null);
          },
          meters,
          Clock.fixed(NOW, ZoneOffset.UTC));
  private final ApiServer server =
      new ApiServer(
          views,
          readiness::get,
          meters,
          AccessControl.OPEN,
          CLOCK,
          StoryApi.Ladders.NONE,
          List.of(
              commands,
              new SilenceApi(views.silences(), views.incidents(), views.alerts(), commands, CLOCK),
              new HealApi(views.healing(), commands, CLOCK),
              new DeliveryApi(views.deliveries()),
              new SecurityApi(views.policies(), views.violations()),
              alertmanager));
  private final HttpClient client = HttpClient.newHttpClient();
  private int port;

  @BeforeEach
  void start() {
    port = server.start(0);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void takesAlertsAsPrometheusSendsThem() throws Exception {
    HttpResponse<String> answer =
        post(
            "/api/v2/alerts",
            """
            [{"labels": {"alertname": "Down", "instance": "web-1:9100", "x": "$(id)\\n<b>"},
              "annotations": {"summary": "it is down"},
              "startsAt": "2026-01-01T11:59:00.123456789Z", "endsAt": "2026-01-01T12:04:00Z",
              "generatorURL": "http://prometheus/graph"},
             {"labels": {"alertname": "Down"}}]
            """);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(posted).hasSize(2);
    assertThat(posted.get(0).getLabels()).containsEntry("x", "$(id)\n<b>");
    assertThat(posted.get(0).getStartsAt()).isEqualTo("2026-01-01T11:59:00.123Z");
    assertThat(posted.get(1).getEndsAt()).isEqualTo(NOW.plusSeconds(300));
    assertThat(posted.get(0).getId()).isNotEqualTo(posted.get(1).getId());
  }

  @Test
  void oneWrongAlertIsNamedAndTheOthersAreTaken() throws Exception {
    HttpResponse<String> answer =
        post("/api/v2/alerts", "[{\"labels\": {}}, {\"labels\": {\"alertname\": \"A\"}}]");
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("alert 0 has no labels");
    assertThat(posted).hasSize(1);
    assertThat(post("/api/v2/alerts", "{\"labels\": 1}").statusCode()).isEqualTo(400);
    assertThat(meters.counter("tocsin.external.alerts", "outcome", "refused").count()).isEqualTo(1);
  }

  @Test
  void listsOpenIncidentsAsJson() throws Exception {
    open("a");

    HttpResponse<String> answer = get("/api/v1/incidents");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
    assertThat(answer.body()).contains("\"id\":\"a\"", "\"startedAt\":\"2026-01-01T12:00:00Z\"");
  }

  @Test
  void listsWhatWasToldOfAnIncidentAndRefusesOtherQuestions() throws Exception {
    assertThat(get("/api/v1/deliveries?incident=a").body()).isEqualTo("[]");
    assertThat(get("/api/v1/deliveries?channel=chat").statusCode()).isEqualTo(400);
  }

  @Test
  void answersWithAnEmptyReportBeforeThereIsOneAndWithoutPolicies() throws Exception {
    assertThat(get("/api/v1/policies").body()).isEqualTo("[]");
    assertThat(get("/api/v1/security/report").body()).contains("there is no report yet");
  }

  @Test
  void hostileTextInAReportIsAJsonStringAndNoPage() throws Exception {
    String hostile = "<script>alert(1)</script>\"";
    views.apply(
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

    HttpResponse<String> answer = get("/api/v1/security/report");

    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
    assertThat(answer.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
    assertThat(answer.body()).contains("alert(1)</script>\\\"\"").contains("\"critical\":1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/v1/incidents?state=sideways", "/api/v1/incidents?colour=P0"})
  void saysWhatWouldBeRightWhereAParameterIsWrong(String path) throws Exception {
    HttpResponse<String> answer = get(path);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.headers().firstValue("Content-Type").orElseThrow())
        .startsWith("application/problem+json");
    assertThat(answer.body())
        .containsAnyOf("state: must be open or resolved or all", "none of those there are");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/v1/incidents/nobody", "/api/v2/incidents", "/..%2f..%2fetc/passwd"})
  void answersWhatIsNotThereWithAProblem(String path) throws Exception {
    HttpResponse<String> answer = get(path);

    assertThat(answer.statusCode()).isBetween(400, 404);
    assertThat(answer.body()).doesNotContain("root:");
  }

  @Test
  void isReadyOnlyWhileEveryPartIs() throws Exception {
    assertThat(get("/health/ready").statusCode()).isEqualTo(200);

    readiness.set(new Readiness(false, Map.of("streams", "not running"), 1));

    assertThat(get("/health/ready").statusCode()).isEqualTo(503);
    assertThat(get("/health/ready").body()).contains("\"streams\":\"not running\"");
    assertThat(get("/health/live").statusCode()).isEqualTo(200);
  }

  @Test
  void exposesItsMetersToPrometheus() throws Exception {
    meters.counter("tocsin.recorder.points", "outcome", "stored").increment(3);

    assertThat(get("/metrics").body())
        .contains("tocsin_recorder_points_total{outcome=\"stored\"} 3.0");
  }

  @Test
  void letsThePageRunNoScriptButItsOwn() throws Exception {
    HttpResponse<String> page = get("/");

    assertThat(page.body()).contains("<main id=\"main\"");
    assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
        .contains("default-src 'none'", "script-src 'self'")
        .doesNotContain("unsafe");
    assertThat(get("/app.js").body()).doesNotContain("innerHTML");
  }

  @Test
  void answersToNoOtherName() throws IOException {
    try (Socket socket = new Socket("127.0.0.1", port)) {
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
        client.sendAsync(
            HttpRequest.newBuilder(uri("/api/v1/events"))
                .header("Accept", "text/event-stream")
                .build(),
            BodyHandlers.ofLines());
    stream.thenAccept(answer -> answer.body().forEach(lines::add));
    await().until(() -> lines.contains("event: hello"));

    open("live");

    await().until(() -> lines.contains("event: incident"));
    assertThat(lines).anyMatch(line -> line.contains("\"id\":\"live\""));
  }

  private void open(String id) {
    var incident = ViewsTest.incident(id, Priority.P0, IncidentState.OPEN, 1);
    views.apply(
        new Received<>(
            Topics.INCIDENTS,
            incident,
            new ConsumerRecord<>("tocsin.incidents", 0, 0, null, null)));
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return client.send(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.ofString());
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }

  @Test
  void anAcknowledgementBecomesACommandWithOwnerAndEnd() throws Exception {
    open("a");

    HttpResponse<String> answer =
        post("/api/v1/incidents/a/acknowledge", "{\"by\":\"kim\",\"forSeconds\":3600}");

    assertThat(answer.statusCode()).isEqualTo(202);
    assertThat(sent)
        .singleElement()
        .satisfies(
            command -> {
              assertThat(command.getKind()).isEqualTo(CommandKind.ACKNOWLEDGE);
              assertThat(command.getIncidentId()).isEqualTo("a");
              assertThat(command.getBy()).isEqualTo("kim");
              assertThat(command.getUntil()).isEqualTo(NOW.plusSeconds(3600));
            });
  }

  @Test
  void aCommandThatSaysTooLittleIsRefusedWithAllThatIsMissing() throws Exception {
    open("a");

    HttpResponse<String> answer = post("/api/v1/incidents/a/priority", "{\"priority\":\"P7\"}");

    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(answer.body()).contains("text: must say why", "priority: must be P0");
    assertThat(sent).isEmpty();
  }

  @Test
  void aSilenceNeedsMatcherReasonAndEnd() throws Exception {
    HttpResponse<String> answer = post("/api/v1/silences", "{\"by\":\"kim\",\"matchers\":[]}");

    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(answer.body()).contains("reason:", "endsAt:", "matchers:");
    assertThat(sent).isEmpty();
  }

  @Test
  void aSilenceMayBeWrittenAsPeopleDo() throws Exception {
    HttpResponse<String> answer =
        post(
            "/api/v1/silences",
            "{\"by\":\"kim\",\"reason\":\"move\",\"forSeconds\":3600,"
                + "\"matchers\":[\"service=shop\",\"priority!=P0\"]}");

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    var silence = sent.get(0).getSilence();
    assertThat(silence.getEndsAt()).isEqualTo(NOW.plusSeconds(3600));
    assertThat(silence.getMatchers().get(0).getField()).isEqualTo("service");
    assertThat(silence.getMatchers().get(1).getNegated()).isTrue();
    assertThat(silence.getMatchers().get(1).getGlob()).isEqualTo("P0");
  }

  @Test
  void aMatcherThatIsNoneIsNamed() throws Exception {
    HttpResponse<String> answer =
        post(
            "/api/v1/silences",
            "{\"by\":\"kim\",\"reason\":\"x\",\"forSeconds\":60,\"matchers\":[\"shop\"]}");

    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(answer.body()).contains("matchers[0].field");
  }

  @Test
  void aSilenceThatWouldBeRefusedLaterIsRefusedAtOnce() throws Exception {
    String silence = "{\"by\":\"kim\",\"reason\":\"test\",\"endsAt\":\"2026-01-01T13:00:00Z\",";

    HttpResponse<String> everything =
        post("/api/v1/silences", silence + "\"matchers\":[{\"field\":\"rule\",\"glob\":\"*\"}]}");
    HttpResponse<String> hourly =
        post(
            "/api/v1/silences",
            silence
                + "\"matchers\":[{\"field\":\"service\",\"glob\":\"shop\"}],"
                + "\"recurrence\":{\"rule\":\"FREQ=HOURLY\",\"durationSeconds\":60}}");

    assertThat(everything.statusCode()).isEqualTo(422);
    assertThat(everything.body()).contains("would match everything");
    assertThat(hourly.statusCode()).isEqualTo(422);
    assertThat(hourly.body()).contains("more often than daily");
    assertThat(sent).isEmpty();
  }

  @Test
  void whoResolvesAnIncidentHasToSayWhy() throws Exception {
    open("a");

    HttpResponse<String> answer = post("/api/v1/incidents/a/resolve", "{\"by\":\"kim\"}");

    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(answer.body()).contains("text: must say why");
    assertThat(sent).isEmpty();
  }

  @Test
  void aPreviewTellsWhatASilenceWouldHideAndSendsNothing() throws Exception {
    open("a");

    HttpResponse<String> answer =
        post(
            "/api/v1/silences/preview",
            "{\"by\":\"kim\",\"reason\":\"test\",\"endsAt\":\"2026-01-01T13:00:00Z\","
                + "\"matchers\":[{\"field\":\"resource\",\"glob\":\"*\"}]}");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).contains("\"openIncidents\":1");
    assertThat(sent).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://evil.example", "null"})
  void aPageFromElsewhereCannotSendCommands(String origin) throws Exception {
    open("a");

    HttpResponse<String> answer =
        client.send(
            HttpRequest.newBuilder(uri("/api/v1/incidents/a/resolve"))
                .header("Content-Type", "application/json")
                .header("Origin", origin)
                .POST(HttpRequest.BodyPublishers.ofString("{\"by\":\"kim\"}"))
                .build(),
            BodyHandlers.ofString());

    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(sent).isEmpty();
  }

  @Test
  void aCommandHasToBeJsonWhichOtherPagesMayNotSend() throws Exception {
    open("a");

    HttpResponse<String> answer =
        client.send(
            HttpRequest.newBuilder(uri("/api/v1/incidents/a/resolve"))
                .header("Content-Type", "text/plain")
                .POST(HttpRequest.BodyPublishers.ofString("{\"by\":\"kim\"}"))
                .build(),
            BodyHandlers.ofString());

    assertThat(answer.statusCode()).isEqualTo(415);
    assertThat(sent).isEmpty();
  }

  private HttpResponse<String> post(String path, String body) throws Exception {
    return client.send(
        HttpRequest.newBuilder(uri(path))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build(),
        BodyHandlers.ofString());
  }

  private void result(String plan, HealOutcome outcome) {
    views.apply(
        new Received<>(
            Topics.HEAL_RESULTS,
            HealResult.newBuilder()
                .setPlanId(plan)
                .setIncidentId("i")
                .setAttempt(1)
                .setAction("restart-web")
                .setTargetId("container/web")
                .setOutcome(outcome)
                .setReason("<b>why</b>")
                .setAt(NOW)
                .setEpoch(3)
                .build(),
            new ConsumerRecord<>("tocsin.heal-results", 0, 0, null, null)));
  }

  @Test
  void tellsWhatHealingIsAboutWhatWaitsAndWhoHasPausedIt() throws Exception {
    result("moving", HealOutcome.INTENT);
    result("waiting", HealOutcome.AWAITING_APPROVAL);
    result("no", HealOutcome.REFUSED);
    result("done", HealOutcome.VERIFIED);
    post("/api/v1/heal/pause", "{\"by\":\"kim\",\"text\":\"storage moves\"}");
    views.apply(
        new Received<>(
            Topics.COMMANDS,
            sent.get(0),
            new ConsumerRecord<>("tocsin.commands", 0, 0, null, null)));

    var healing = new ObjectMapper().readTree(get("/api/v1/heal").body());

    assertThat(healing.path("mode").asText()).isEqualTo("OBSERVE");
    assertThat(healing.path("epoch").asLong()).isEqualTo(3);
    assertThat(healing.path("paused").path("by").asText()).isEqualTo("kim");
    assertThat(healing.path("inFlight").path(0).path("plan").asText()).isEqualTo("moving");
    assertThat(healing.path("waiting").path(0).path("plan").asText()).isEqualTo("waiting");
    assertThat(healing.path("refused").path(0).path("reason").asText()).isEqualTo("<b>why</b>");
    assertThat(healing.path("ended").path(0).path("outcome").asText()).isEqualTo("VERIFIED");
  }

  @Test
  void aWordOnAPlanBecomesACommandIfThePlanWaits() throws Exception {
    result("p1", HealOutcome.AWAITING_APPROVAL);

    assertThat(post("/api/v1/heal/plans/p1/approve", "{\"by\":\"kim\"}").statusCode())
        .isEqualTo(202);
    assertThat(post("/api/v1/heal/plans/p2/approve", "{\"by\":\"kim\"}").statusCode())
        .isEqualTo(404);
    assertThat(post("/api/v1/heal/plans/p1/reject", "{\"by\":\"kim\"}").statusCode())
        .isEqualTo(422);

    assertThat(sent)
        .singleElement()
        .satisfies(
            command -> {
              assertThat(command.getKind()).isEqualTo(CommandKind.HEAL_APPROVE);
              assertThat(command.getPlanId()).isEqualTo("p1");
            });
  }

  @Test
  void pauseResumePromotionAndDeploymentBecomeCommands() throws Exception {
    post("/api/v1/heal/resume", "{\"by\":\"kim\"}");
    post("/api/v1/heal/promote", "{\"by\":\"kim\",\"key\":\"down/restart-web/container\"}");
    post("/api/v1/deployments", "{\"by\":\"ci\",\"service\":\"shop\",\"version\":\"4.2\"}");

    assertThat(sent)
        .extracting(Command::getKind)
        .containsExactly(CommandKind.HEAL_RESUME, CommandKind.HEAL_PROMOTE, CommandKind.DEPLOYED);
    assertThat(sent.get(1).getAutonomy()).isEqualTo("down/restart-web/container");
    assertThat(sent.get(2).getService()).isEqualTo("shop");
    assertThat(sent.get(2).getText()).isEqualTo("4.2");
  }

  @Test
  void healingTakesNothingWithoutAReasonANameOrAnAction() throws Exception {
    HttpResponse<String> pause = post("/api/v1/heal/pause", "{}");

    assertThat(pause.statusCode()).isEqualTo(422);
    assertThat(pause.body()).contains("text: must say why");
    assertThat(post("/api/v1/heal/explode", "{\"by\":\"kim\"}").statusCode()).isEqualTo(404);
    assertThat(post("/api/v1/deployments", "{\"by\":\"ci\"}").body())
        .contains("service:", "version:");
    assertThat(sent).isEmpty();
  }
}
