package io.tocsin.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tocsin.config.ServerSection;
import io.tocsin.schemas.AccessKind;
import io.tocsin.schemas.AccessRole;
import io.tocsin.schemas.AccessToken;
import io.tocsin.schemas.Command;
import io.tocsin.schemas.CommandKind;
import io.tocsin.schemas.IncidentState;
import io.tocsin.schemas.Priority;
import io.tocsin.schemas.exchange.Received;
import io.tocsin.schemas.topic.Topics;
import io.tocsin.server.access.Role;
import io.tocsin.server.access.TokenText;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccessTest {

  private static final String LIST = "/api/v1/incidents";

  private AccessFixture house = closed();

  private static AccessFixture closed() {
    return new AccessFixture(new ServerSection(null, null, AccessRole.NOBODY, null, null, null));
  }

  private void configure(ServerSection section) {
    house.close();
    house = new AccessFixture(section);
  }

  @AfterEach
  void close() {
    house.close();
  }

  @Test
  void onLoopbackWhoSaysNothingIsAnAdministratorUnlessSomebodyMayComeFromElsewhere()
      throws Exception {
    configure(new ServerSection(null, null, null, null, null, null));
    assertThat(house.get(LIST, null).statusCode()).isEqualTo(200);
    assertThat(house.get("/api/v1/me", null).body())
        .contains("\"role\":\"ADMIN\"", "\"way\":\"NONE\"", "\"oidc\":false");

    configure(new ServerSection(null, List.of("tocsin.example"), null, null, null, null));
    assertThat(house.get(LIST, null).statusCode()).isEqualTo(401);
    assertThat(house.get("/api/v1/me", null).body()).contains("\"role\":\"NOBODY\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"X-Forwarded-For", "X-Forwarded-Host", "Forwarded", "Via", "X-Real-IP"})
  void whatAProxyOnThisMachinePassesOnIsNotOfThisMachine(String header) throws Exception {
    configure(new ServerSection(null, null, AccessRole.ADMIN, null, null, null));
    HttpRequest.Builder request = house.request("GET", LIST, null).header(header, "127.0.0.1");
    assertThat(house.send(request).statusCode()).isEqualTo(401);
  }

  @Test
  void aTokenIsTakenUntilItEndsOrIsTakenBack() throws Exception {
    String token = house.token("ops", Role.VIEWER);
    assertThat(house.get(LIST, token).statusCode()).isEqualTo(200);
    assertThat(house.get("/api/v1/me", token).body())
        .contains("\"name\":\"ops\"", "\"way\":\"TOKEN\"", "\"until\":\"2026-01-02T12:00:00Z\"");
    house.clock.advance(Duration.ofHours(24));
    assertThat(house.get(LIST, token).statusCode()).isEqualTo(401);

    String other = house.token("ops", Role.VIEWER);
    AccessToken kept = house.kept.get(1);
    assertThat(house.get(LIST, other).statusCode()).isEqualTo(200);
    tombstone(kept.getId());
    assertThat(house.get(LIST, other).statusCode()).isEqualTo(401);
  }

  @Test
  void aTokenOfAnotherSecretOrShapeIsNoneAndIsNotAnonymousEither() throws Exception {
    configure(new ServerSection(null, null, AccessRole.ADMIN, null, null, null));
    TokenText good = TokenText.parse(house.token("ops", Role.ADMIN)).orElseThrow();
    String sameId = new TokenText(good.id(), TokenText.random().secret()).text();
    for (String wrong : List.of(sameId, TokenText.random().text(), "tocsin_", "x", "")) {
      assertThat(house.get(LIST, wrong).statusCode()).as(wrong).isEqualTo(401);
    }
    HttpRequest.Builder basic =
        house.request("GET", LIST, null).header("Authorization", "Basic b3BzOm9wcw==");
    assertThat(house.send(basic).statusCode()).isEqualTo(401);
  }

  @Test
  void signingInBeginsASessionWhoseCookieNoScriptAndNoOtherPageCanUse() throws Exception {
    String token = house.token("kim", Role.RESPONDER);
    HttpResponse<String> answer =
        house.post("/api/v1/login", "{\"token\":\"" + token + "\"}", null);

    assertThat(answer.statusCode()).isEqualTo(204);
    assertThat(answer.headers().allValues("Set-Cookie"))
        .singleElement()
        .asString()
        .startsWith("tocsin-session=tocsin_")
        .contains("HttpOnly", "SameSite=Strict", "Path=/", "Max-Age=43200")
        .doesNotContain("Secure", "Domain", TokenText.parse(token).orElseThrow().secret());
    String cookie = AccessFixture.cookie(answer);
    assertThat(me(cookie)).contains("\"name\":\"kim\"", "\"way\":\"SESSION\"");
    assertThat(lastSent().getText()).startsWith("signed in with token ");
    assertThat(lastSent().getBy()).isEqualTo("kim");

    house.clock.advance(Duration.ofHours(12));
    assertThat(me(cookie)).contains("\"way\":\"NONE\"", "\"role\":\"NOBODY\"");
  }

  @Test
  void aSessionEndsWithItsTokenAndWithSigningOut() throws Exception {
    String token = house.token("kim", Role.RESPONDER);
    String cookie = house.signIn(token);
    assertThat(me(cookie)).contains("SESSION");
    HttpResponse<String> out =
        house.send(
            house
                .request("POST", "/api/v1/logout", null)
                .header("Cookie", cookie)
                .header("X-Tocsin", "console"));
    assertThat(out.statusCode()).isEqualTo(204);
    assertThat(out.headers().firstValue("Set-Cookie").orElseThrow())
        .contains("Expires=Thu, 01 Jan 1970");
    assertThat(me(cookie)).contains("NOBODY");
    assertThat(house.revoked).hasSize(1);

    String again = house.signIn(token);
    tombstone(house.kept.get(0).getId());
    assertThat(me(again)).contains("NOBODY");
  }

  @Test
  void aSessionThatSomebodyElseKnowsIsNeverTheOneThatIsSignedIn() throws Exception {
    String token = house.token("kim", Role.RESPONDER);
    String planted = house.signIn(house.token("mallory", Role.VIEWER));
    HttpResponse<String> answer =
        house.send(
            house
                .request("POST", "/api/v1/login", "{\"token\":\"" + token + "\"}")
                .header("Cookie", planted)
                .header("X-Tocsin", "console"));
    assertThat(answer.statusCode()).isEqualTo(204);
    assertThat(AccessFixture.cookie(answer)).isNotEqualTo(planted);
    assertThat(me(planted)).contains("NOBODY");
    assertThat(me(AccessFixture.cookie(answer))).contains("\"name\":\"kim\"");
  }

  @Test
  void aSessionIsNoBearerTokenAndATokenIsNoSession() throws Exception {
    String token = house.token("kim", Role.RESPONDER);
    String session = house.signIn(token).substring("tocsin-session=".length());
    assertThat(house.get(LIST, session).statusCode()).isEqualTo(401);
    assertThat(me("tocsin-session=" + token)).contains("NOBODY");
    assertThat(house.post("/api/v1/login", "{\"token\":\"" + session + "\"}", null).statusCode())
        .isEqualTo(401);
  }

  @Test
  void aChangeWithACookieAloneIsNotTaken() throws Exception {
    String cookie = house.signIn(house.token("kim", Role.ADMIN));
    open("a");
    assertThat(note(cookie, null, null)).isEqualTo(403);
    assertThat(note(cookie, "console", null)).isEqualTo(202);
    assertThat(note(cookie, "console", "http://127.0.0.1:" + house.port)).isEqualTo(202);
    for (String foreign :
        List.of(
            "https://evil.example",
            "null",
            "http://127.0.0.1:1",
            "http://127.0.0.1.evil.example:" + house.port,
            "http://localhost:" + house.port,
            "%")) {
      assertThat(note(cookie, "console", foreign)).as(foreign).isEqualTo(403);
    }
    assertThat(refused("foreign-page")).isEqualTo(7);
  }

  @Test
  void aPageFromElsewhereCannotUseThatThisMachineNeedsNoToken() throws Exception {
    configure(new ServerSection(null, null, AccessRole.ADMIN, null, null, null));
    open("a");
    assertThat(note(null, null, "https://evil.example")).isEqualTo(403);
    HttpRequest.Builder fetched =
        house
            .request("POST", "/api/v1/incidents/a/note", "{\"text\":\"x\"}")
            .header("Sec-Fetch-Site", "cross-site");
    assertThat(house.send(fetched).statusCode()).isEqualTo(403);
    assertThat(house.sent).isEmpty();
  }

  @Test
  void noOtherPageIsGivenLeaveToReadAnything() throws Exception {
    String token = house.token("kim", Role.ADMIN);
    HttpRequest.Builder read =
        house
            .request("GET", LIST, null)
            .header("Authorization", "Bearer " + token)
            .header("Origin", "https://evil.example");
    HttpRequest.Builder preflight =
        house
            .request("OPTIONS", LIST, null)
            .header("Origin", "https://evil.example")
            .header("Access-Control-Request-Method", "POST");
    for (HttpRequest.Builder each : List.of(read, preflight)) {
      assertThat(house.send(each).headers().map().keySet())
          .noneMatch(name -> name.toLowerCase(java.util.Locale.ROOT).startsWith("access-control"));
    }
  }

  @Test
  void everyAnswerHasTheHeadersThatShutPagesOff() throws Exception {
    for (String path : List.of("/", LIST, "/health/live", "/nothing")) {
      var headers = house.get(path, null).headers();
      assertThat(headers.firstValue("Content-Security-Policy").orElse(""))
          .as(path)
          .contains("default-src 'none'", "object-src 'none'", "frame-ancestors 'none'")
          .doesNotContain("unsafe", "*");
      assertThat(headers.firstValue("Cross-Origin-Opener-Policy")).hasValue("same-origin");
      assertThat(headers.firstValue("Cross-Origin-Resource-Policy")).hasValue("same-origin");
      assertThat(headers.firstValue("X-Content-Type-Options")).hasValue("nosniff");
      assertThat(headers.firstValue("Permissions-Policy").orElse("")).contains("camera=()");
      assertThat(headers.firstValue("Strict-Transport-Security")).isEmpty();
    }
  }

  @Test
  void behindATrustedProxyThatSpeaksHttpsCookiesAreSecureAndOnlyThere() throws Exception {
    String[] https = {"X-Forwarded-Proto", "https", "X-Forwarded-For", "203.0.113.9"};
    HttpResponse<String> untrusted = login(house.token("kim", Role.VIEWER), https);
    assertThat(untrusted.headers().firstValue("Set-Cookie").orElse("")).doesNotContain("Secure");

    configure(
        new ServerSection(null, List.of("tocsin.example"), null, List.of("127.0.0.1"), null, null));
    HttpResponse<String> trusted = login(house.token("kim", Role.VIEWER), https);
    assertThat(trusted.headers().firstValue("Set-Cookie").orElse("")).contains("Secure");
    assertThat(trusted.headers().firstValue("Strict-Transport-Security")).isPresent();
  }

  @Test
  void itAnswersToItsConfiguredNamesInAnyCaseAndToNoOther() throws IOException {
    configure(new ServerSection(null, List.of("Tocsin.Example"), null, null, null, null));
    assertThat(status("tocsin.example:18080")).contains(" 200 ");
    assertThat(status("TOCSIN.EXAMPLE")).contains(" 200 ");
    assertThat(status("evil.example")).contains(" 421 ");
    assertThat(refused("name")).isEqualTo(1);
  }

  @Test
  void whoAsksTooOftenWaitsAndNobodyElseDoes() throws Exception {
    configure(
        new ServerSection(
            null,
            null,
            AccessRole.NOBODY,
            null,
            new ServerSection.RateLimits(1, 3, null, null),
            null));
    String hasty = house.token("hasty", Role.VIEWER);
    String calm = house.token("calm", Role.VIEWER);
    for (int i = 0; i < 3; i++) {
      assertThat(house.get(LIST, hasty).statusCode()).isEqualTo(200);
    }
    HttpResponse<String> answer = house.get(LIST, hasty);
    assertThat(answer.statusCode()).isEqualTo(429);
    assertThat(answer.headers().firstValue("Retry-After")).hasValue("1");
    assertThat(house.get(LIST, calm).statusCode()).isEqualTo(200);
    house.clock.advance(Duration.ofSeconds(1));
    assertThat(house.get(LIST, hasty).statusCode()).isEqualTo(200);
    assertThat(refused("rate")).isEqualTo(1);
  }

  @Test
  void tokensCannotBeTriedOutBySigningIn() throws Exception {
    String token = house.token("kim", Role.VIEWER);
    for (int i = 0; i < 10; i++) {
      HttpResponse<String> answer = login(TokenText.random().text());
      assertThat(answer.statusCode()).isEqualTo(401);
      assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
    }
    assertThat(login(token).statusCode()).isEqualTo(429);
    house.clock.advance(Duration.ofMinutes(1));
    assertThat(login(token).statusCode()).isEqualTo(204);
  }

  @Test
  void whoIsKnownNeedNotSayWhoAndCannotSayAnother() throws Exception {
    String token = house.token("kim", Role.OPERATOR);
    open("a");
    assertThat(house.post("/api/v1/incidents/a/note", "{\"text\":\"x\"}", token).statusCode())
        .isEqualTo(202);
    assertThat(lastSent().getBy()).isEqualTo("kim");
    HttpResponse<String> other =
        house.post("/api/v1/incidents/a/note", "{\"text\":\"x\",\"by\":\"lee\"}", token);
    assertThat(other.statusCode()).isEqualTo(422);
    assertThat(other.body()).contains("by: you are known as kim");
    assertThat(house.post("/api/v1/heal/pause", "{\"text\":\"x\"}", token).statusCode())
        .isEqualTo(202);
    assertThat(lastSent().getBy()).isEqualTo("kim");
    String silence =
        "{\"matchers\":[{\"field\":\"service\",\"glob\":\"shop\"}],\"reason\":\"r\","
            + "\"endsAt\":\"2026-01-01T13:00:00Z\"}";
    assertThat(house.post("/api/v1/silences", silence, token).statusCode()).isEqualTo(202);
    assertThat(lastSent().getSilence().getBy()).isEqualTo("kim");
  }

  @Test
  void onThisMachineOneMaySayWhoOneIsAndIsLocalOtherwise() throws Exception {
    configure(new ServerSection(null, null, AccessRole.ADMIN, null, null, null));
    open("a");
    house.post("/api/v1/incidents/a/note", "{\"text\":\"x\",\"by\":\"lee\"}", null);
    assertThat(lastSent().getBy()).isEqualTo("lee");
    house.post("/api/v1/incidents/a/note", "{\"text\":\"x\"}", null);
    assertThat(lastSent().getBy()).isEqualTo("local");
  }

  @Test
  void anAdministratorMakesATokenThatIsShownOnceAndTakesItBack() throws Exception {
    String admin = house.token("root", Role.ADMIN);
    HttpResponse<String> made =
        house.post(
            "/api/v1/tokens", "{\"name\":\"ci\",\"role\":\"VIEWER\",\"forSeconds\":3600}", admin);
    assertThat(made.statusCode()).isEqualTo(201);
    String token = made.body().replaceAll(".*\"token\":\"([^\"]+)\".*", "$1");
    assertThat(house.get(LIST, token).statusCode()).isEqualTo(200);
    assertThat(lastSent().getKind()).isEqualTo(CommandKind.CHANGED);
    assertThat(lastSent().getBy()).isEqualTo("root");
    assertThat(lastSent().getText()).contains("created for ci as VIEWER");

    TokenText parts = TokenText.parse(token).orElseThrow();
    String list = house.get("/api/v1/tokens", admin).body();
    assertThat(list)
        .contains(parts.id(), "\"lastUsedAt\":\"2026-01-01T12:00:00Z\"")
        .doesNotContain(parts.secret(), parts.hash(), "hash");
    HttpResponse<String> gone =
        house.send(
            house
                .request("DELETE", "/api/v1/tokens/" + parts.id(), null)
                .header("Authorization", "Bearer " + admin));
    assertThat(gone.statusCode()).isEqualTo(204);
    assertThat(house.get(LIST, token).statusCode()).isEqualTo(401);
    assertThat(lastSent().getText()).contains("of ci revoked");
  }

  @Test
  void aTokenThatCannotBeMadeSoIsRefusedWithAllThatIsWrong() throws Exception {
    String admin = house.token("root", Role.ADMIN);
    HttpResponse<String> answer =
        house.post(
            "/api/v1/tokens",
            "{\"name\":\"responder/7\",\"role\":\"NOBODY\",\"forSeconds\":99999999999999}",
            admin);
    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(answer.body()).contains("name: must", "role: must", "forSeconds: must");
  }

  @Test
  void nobodyIsRecognisedBeforeAllTokensAreRead() throws Exception {
    String token = house.token("kim", Role.ADMIN);
    AtomicBoolean current = new AtomicBoolean();
    house.views.access().currentWhile(current::get);
    assertThat(house.get(LIST, token).statusCode()).isEqualTo(503);
    assertThat(login(token).statusCode()).isEqualTo(503);
    assertThat(house.get("/health/live", token).statusCode()).isEqualTo(200);
    current.set(true);
    assertThat(house.get(LIST, token).statusCode()).isEqualTo(200);
  }

  @Test
  void openPagesAreBoundedPerCallerAndCloseWhenTheirTokenIsTakenBack() throws Exception {
    configure(
        new ServerSection(
            null,
            null,
            AccessRole.NOBODY,
            null,
            new ServerSection.RateLimits(null, null, null, 2),
            null));
    String token = house.token("kim", Role.VIEWER);
    List<List<String>> pages = new ArrayList<>();
    List<CompletableFuture<Void>> ended = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      List<String> lines = new CopyOnWriteArrayList<>();
      pages.add(lines);
      ended.add(page(token, lines));
      await().until(() -> lines.stream().anyMatch(line -> line.startsWith("event: ")));
    }
    assertThat(pages.get(0)).contains("event: hello");
    assertThat(pages.get(2)).contains("event: full");
    assertThat(refused("live")).isEqualTo(1);
    assertThat(ended.get(0)).isNotDone();

    tombstone(house.kept.get(0).getId());

    await().until(() -> ended.stream().allMatch(CompletableFuture::isDone));
  }

  private CompletableFuture<Void> page(String token, List<String> lines) {
    return house
        .client()
        .sendAsync(
            house
                .request("GET", "/api/v1/events", null)
                .header("Accept", "text/event-stream")
                .header("Authorization", "Bearer " + token)
                .build(),
            BodyHandlers.ofLines())
        .thenAccept(answer -> answer.body().forEach(lines::add))
        .exceptionally(cut -> null);
  }

  private HttpResponse<String> login(String token, String... headers) throws Exception {
    HttpRequest.Builder request =
        house.request("POST", "/api/v1/login", "{\"token\":\"" + token + "\"}");
    return house.send(headers.length == 0 ? request : request.headers(headers));
  }

  private String me(String cookie) throws Exception {
    return house.send(house.request("GET", "/api/v1/me", null).header("Cookie", cookie)).body();
  }

  private int note(String cookie, String page, String origin) throws Exception {
    HttpRequest.Builder request =
        house.request("POST", "/api/v1/incidents/a/note", "{\"text\":\"x\"}");
    if (cookie != null) {
      request.header("Cookie", cookie);
    }
    if (page != null) {
      request.header("X-Tocsin", page);
    }
    if (origin != null) {
      request.header("Origin", origin);
    }
    return house.send(request).statusCode();
  }

  private double refused(String reason) {
    return house.meters.counter("tocsin.server.refused", "reason", reason).count();
  }

  private Command lastSent() {
    return house.sent.get(house.sent.size() - 1);
  }

  private void tombstone(String id) {
    house.views.apply(
        new Received<>(
            Topics.ACCESS,
            null,
            new ConsumerRecord<>(
                Topics.ACCESS.name(), 0, 0, id.getBytes(StandardCharsets.UTF_8), null)));
    assertThat(house.views.access().get(id)).isEmpty();
    assertThat(house.kept).anyMatch(each -> each.getKind() == AccessKind.TOKEN);
  }

  private void open(String id) {
    house.views.apply(
        new Received<>(
            Topics.INCIDENTS,
            ViewsTest.incident(id, Priority.P0, IncidentState.OPEN, 1),
            new ConsumerRecord<>("tocsin.incidents", 0, 0, null, null)));
  }

  private String status(String host) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", house.port)) {
      PrintWriter request =
          new PrintWriter(socket.getOutputStream(), true, StandardCharsets.US_ASCII);
      request.print("GET /health/live HTTP/1.1\r\nHost: " + host + "\r\n\r\n");
      request.flush();
      return new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
          .readLine();
    }
  }
}
