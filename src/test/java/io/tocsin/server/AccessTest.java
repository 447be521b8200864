package io.tocsin.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.config.ServerSection;
import io.tocsin.schemas.AccessRole;
import io.tocsin.schemas.AccessToken;
import io.tocsin.schemas.CommandKind;
import io.tocsin.server.access.Role;
import io.tocsin.server.access.TokenText;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is taken for whom: tokens, this machine, and the names that changes are made in. */
class AccessTest {

  private static final String LIST = "/api/v1/incidents";

  private AccessFixture house = AccessFixture.closed();

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
    house.tombstone(kept.getId());
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
  void nobodyIsRecognisedBeforeAllTokensAreRead() throws Exception {
    String token = house.token("kim", Role.ADMIN);
    AtomicBoolean current = new AtomicBoolean();
    house.views.access().currentWhile(current::get);
    assertThat(house.get(LIST, token).statusCode()).isEqualTo(503);
    assertThat(house.login(token).statusCode()).isEqualTo(503);
    assertThat(house.get("/health/live", token).statusCode()).isEqualTo(200);
    current.set(true);
    assertThat(house.get(LIST, token).statusCode()).isEqualTo(200);
  }

  @Test
  void whoIsKnownNeedNotSayWhoAndCannotSayAnother() throws Exception {
    String token = house.token("kim", Role.OPERATOR);
    house.open("a");
    assertThat(house.post("/api/v1/incidents/a/note", "{\"text\":\"x\"}", token).statusCode())
        .isEqualTo(202);
    assertThat(house.lastSent().getBy()).isEqualTo("kim");
    HttpResponse<String> other =
        house.post("/api/v1/incidents/a/note", "{\"text\":\"x\",\"by\":\"lee\"}", token);
    assertThat(other.statusCode()).isEqualTo(422);
    assertThat(other.body()).contains("by: you are known as kim");
    assertThat(house.post("/api/v1/heal/pause", "{\"text\":\"x\"}", token).statusCode())
        .isEqualTo(202);
    assertThat(house.lastSent().getBy()).isEqualTo("kim");
    String silence =
        "{\"matchers\":[{\"field\":\"service\",\"glob\":\"shop\"}],\"reason\":\"r\","
            + "\"endsAt\":\"2026-01-01T13:00:00Z\"}";
    assertThat(house.post("/api/v1/silences", silence, token).statusCode()).isEqualTo(202);
    assertThat(house.lastSent().getSilence().getBy()).isEqualTo("kim");
  }

  @Test
  void onThisMachineOneMaySayWhoOneIsAndIsLocalOtherwise() throws Exception {
    configure(new ServerSection(null, null, AccessRole.ADMIN, null, null, null));
    house.open("a");
    house.post("/api/v1/incidents/a/note", "{\"text\":\"x\",\"by\":\"lee\"}", null);
    assertThat(house.lastSent().getBy()).isEqualTo("lee");
    house.post("/api/v1/incidents/a/note", "{\"text\":\"x\"}", null);
    assertThat(house.lastSent().getBy()).isEqualTo("local");
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
    assertThat(house.lastSent().getKind()).isEqualTo(CommandKind.CHANGED);
    assertThat(house.lastSent().getBy()).isEqualTo("root");
    assertThat(house.lastSent().getText()).contains("created for ci as VIEWER");

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
    assertThat(house.lastSent().getText()).contains("of ci revoked");
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
}
