package io.tocsin.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.config.ServerSection;
import io.tocsin.server.access.Role;
import io.tocsin.server.access.TokenText;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Browsers that sign in. */
class SessionTest {

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
    assertThat(house.me(cookie)).contains("\"name\":\"kim\"", "\"way\":\"SESSION\"");
    assertThat(house.lastSent().getText()).startsWith("signed in with token ");
    assertThat(house.lastSent().getBy()).isEqualTo("kim");

    house.clock.advance(Duration.ofHours(12));
    assertThat(house.me(cookie)).contains("\"way\":\"NONE\"", "\"role\":\"NOBODY\"");
  }

  @Test
  void aSessionEndsWithItsTokenAndWithSigningOut() throws Exception {
    String token = house.token("kim", Role.RESPONDER);
    String cookie = house.signIn(token);
    assertThat(house.me(cookie)).contains("SESSION");
    HttpResponse<String> out =
        house.send(
            house
                .request("POST", "/api/v1/logout", null)
                .header("Cookie", cookie)
                .header("X-Tocsin", "console"));
    assertThat(out.statusCode()).isEqualTo(204);
    assertThat(out.headers().firstValue("Set-Cookie").orElseThrow())
        .contains("Expires=Thu, 01 Jan 1970");
    assertThat(house.me(cookie)).contains("NOBODY");
    assertThat(house.revoked).hasSize(1);

    String again = house.signIn(token);
    house.tombstone(house.kept.get(0).getId());
    assertThat(house.me(again)).contains("NOBODY");
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
    assertThat(house.me(planted)).contains("NOBODY");
    assertThat(house.me(AccessFixture.cookie(answer))).contains("\"name\":\"kim\"");
  }

  @Test
  void aSessionIsNoBearerTokenAndATokenIsNoSession() throws Exception {
    String token = house.token("kim", Role.RESPONDER);
    String session = house.signIn(token).substring("tocsin-session=".length());
    assertThat(house.get(LIST, session).statusCode()).isEqualTo(401);
    assertThat(house.me("tocsin-session=" + token)).contains("NOBODY");
    assertThat(house.post("/api/v1/login", "{\"token\":\"" + session + "\"}", null).statusCode())
        .isEqualTo(401);
  }

  @Test
  void behindATrustedProxyThatSpeaksHttpsCookiesAreSecureAndOnlyThere() throws Exception {
    String[] https = {"X-Forwarded-Proto", "https", "X-Forwarded-For", "203.0.113.9"};
    HttpResponse<String> untrusted = house.login(house.token("kim", Role.VIEWER), https);
    assertThat(untrusted.headers().firstValue("Set-Cookie").orElse("")).doesNotContain("Secure");

    configure(
        new ServerSection(null, List.of("tocsin.example"), null, List.of("127.0.0.1"), null, null));
    HttpResponse<String> trusted = house.login(house.token("kim", Role.VIEWER), https);
    assertThat(trusted.headers().firstValue("Set-Cookie").orElse("")).contains("Secure");
    assertThat(trusted.headers().firstValue("Strict-Transport-Security")).isPresent();
  }
}
