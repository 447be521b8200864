package io.tocsin.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import io.tocsin.config.ServerSection;
import io.tocsin.schemas.AccessKind;
import io.tocsin.schemas.AccessRole;
import io.tocsin.schemas.secret.SecretRef;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class OidcApiTest {

  private static final String PATH = "/api/v1/login/oidc";

  @TempDir Path directory;
  private TestProvider provider;
  private AccessFixture house;

  @BeforeEach
  void start() throws Exception {
    provider = new TestProvider();
    house = house("groups");
  }

  @AfterEach
  void close() {
    house.close();
    provider.close();
  }

  private AccessFixture house(String roleClaim) throws Exception {
    Path secret = Files.writeString(directory.resolve("secret"), TestProvider.SECRET + "\n");
    return new AccessFixture(
        new ServerSection(
            null,
            null,
            null,
            null,
            null,
            new ServerSection.Oidc(
                provider.issuer(),
                TestProvider.CLIENT,
                SecretRef.in(secret),
                "Example Login",
                null,
                roleClaim,
                Map.of("staff", AccessRole.VIEWER, "on-call", AccessRole.RESPONDER),
                URI.create("http://localhost" + PATH + "/callback"))));
  }

  private record Begun(URI to, String cookie) {}

  private Begun begin() throws Exception {
    HttpResponse<String> answer = house.get(PATH, null);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(302);
    String cookie = answer.headers().firstValue("Set-Cookie").orElseThrow();
    assertThat(cookie)
        .startsWith("tocsin-sign-in=")
        .contains("HttpOnly", "SameSite=Lax", "Path=" + PATH, "Max-Age=600");
    return new Begun(
        URI.create(answer.headers().firstValue("Location").orElseThrow()),
        cookie.substring(0, cookie.indexOf(';')));
  }

  private HttpResponse<String> arrive(AccessFixture at, String query, String cookie)
      throws Exception {
    HttpRequest.Builder request = at.request("GET", PATH + "/callback?" + query, null);
    return at.send(cookie == null ? request : request.header("Cookie", cookie));
  }

  private HttpResponse<String> signIn() throws Exception {
    Begun begun = begin();
    return arrive(house, provider.agree(begun.to()), begun.cookie());
  }

  @Test
  void whoTheProviderStandsForIsSignedInWithTheMostThatTheirGroupsAllow() throws Exception {
    HttpResponse<String> answer = signIn();

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(302);
    assertThat(answer.headers().firstValue("Location")).hasValue("/");
    String me =
        house
            .send(
                house
                    .request("GET", "/api/v1/me", null)
                    .header("Cookie", AccessFixture.cookie(answer)))
            .body();
    assertThat(me)
        .contains("\"name\":\"kim\"", "\"role\":\"RESPONDER\"", "\"way\":\"SESSION\"")
        .contains("\"oidc\":\"Example Login\"");
    assertThat(house.kept)
        .singleElement()
        .satisfies(session -> assertThat(session.getKind()).isEqualTo(AccessKind.SESSION));
    assertThat(house.sent.get(0).getText()).isEqualTo("signed in by Example Login as RESPONDER");
  }

  @Test
  void theWayThereHasAStateANonceAndAChallengeAndNothingOfTheSecretOrTheCookie() throws Exception {
    Begun begun = begin();
    Map<String, String> asked = provider.asked(begun.to());
    assertThat(asked)
        .containsEntry("response_type", "code")
        .containsEntry("client_id", TestProvider.CLIENT)
        .containsEntry("scope", "openid profile")
        .containsEntry("code_challenge_method", "S256");
    assertThat(List.of(asked.get("state"), asked.get("nonce"), asked.get("code_challenge")))
        .doesNotHaveDuplicates()
        .allMatch(value -> value.length() == 43);
    String random = begun.cookie().substring("tocsin-sign-in=".length()).split("\\.")[0];
    assertThat(begun.to().toString()).doesNotContain(random);
  }

  @Test
  void anotherInstanceCanFinishWhatOneBegan() throws Exception {
    Begun begun = begin();
    try (AccessFixture other = house("groups")) {
      assertThat(arrive(other, provider.agree(begun.to()), begun.cookie()).statusCode())
          .isEqualTo(302);
    }
  }

  @Test
  void anAnswerThatThisBrowserDidNotAskForIsRefused() throws Exception {
    Begun mine = begin();
    Begun others = begin();
    String answer = provider.agree(mine.to());
    assertThat(arrive(house, answer, null).statusCode()).isEqualTo(401);
    assertThat(arrive(house, answer, others.cookie()).statusCode()).isEqualTo(401);
    assertThat(arrive(house, answer, "tocsin-sign-in=x").statusCode()).isEqualTo(401);
    String stateless = answer.replaceAll("&state=.*", "");
    assertThat(arrive(house, stateless, mine.cookie()).statusCode()).isEqualTo(401);
    assertThat(arrive(house, answer + "&state=x", mine.cookie()).statusCode()).isEqualTo(401);
    assertThat(arrive(house, answer + "&iss=https://other.example", mine.cookie()).statusCode())
        .isEqualTo(401);
    assertThat(house.kept).isEmpty();
    assertThat(arrive(house, answer, mine.cookie()).statusCode()).isEqualTo(302);
  }

  @Test
  void anAttemptThatTookTooLongOrWasProlongedIsRefused() throws Exception {
    Begun begun = begin();
    String answer = provider.agree(begun.to());
    house.clock.advance(Duration.ofMinutes(10));
    assertThat(arrive(house, answer, begun.cookie()).statusCode()).isEqualTo(401);
    String prolonged = begun.cookie().replaceAll("\\.\\d+$", ".99999999999");
    assertThat(arrive(house, answer, prolonged).statusCode()).isEqualTo(401);
    assertThat(house.kept).isEmpty();
  }

  @Test
  void aCodeIsGoodForOneSignIn() throws Exception {
    Begun begun = begin();
    String answer = provider.agree(begun.to());
    assertThat(arrive(house, answer, begun.cookie()).statusCode()).isEqualTo(302);
    assertThat(arrive(house, answer, begun.cookie()).statusCode()).isEqualTo(401);
  }

  static Stream<Arguments> lies() {
    return Stream.of(
        lie("another nonce", claims -> claims.claim("nonce", "other")),
        lie("no nonce", claims -> claims.claim("nonce", null)),
        lie("for another client", claims -> claims.audience("other")),
        lie(
            "for several, of another",
            claims -> claims.audience(List.of("tocsin", "other")).claim("azp", "other")),
        lie("for several, asked by none", claims -> claims.audience(List.of("tocsin", "other"))),
        lie("of another issuer", claims -> claims.issuer("https://other.example")),
        lie("over", claims -> claims.expirationTime(Date.from(Instant.now().minusSeconds(120)))),
        lie("without end", claims -> claims.expirationTime(null)),
        lie(
            "from the future",
            claims -> claims.issueTime(Date.from(Instant.now().plusSeconds(600)))),
        lie("of nobody", claims -> claims.subject(null)));
  }

  private static Arguments lie(String what, UnaryOperator<JWTClaimsSet.Builder> claims) {
    return Arguments.of(what, claims);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("lies")
  void anIdTokenThatDoesNotHoldIsRefused(String what, UnaryOperator<JWTClaimsSet.Builder> claims)
      throws Exception {
    provider.claims(claims);
    HttpResponse<String> answer = signIn();
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(401);
    assertThat(house.kept).isEmpty();
    assertThat(answer.headers().allValues("Set-Cookie"))
        .noneMatch(cookie -> cookie.startsWith("tocsin-session"));
  }

  @ParameterizedTest
  @EnumSource(
      value = TestProvider.Signature.class,
      names = {"OF_ANOTHER_KEY", "NONE", "BY_THE_SECRET"})
  void anIdTokenWithoutTheProvidersSignatureIsRefused(TestProvider.Signature signature)
      throws Exception {
    provider.signature(signature);
    HttpResponse<String> answer = signIn();
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(401);
    assertThat(house.kept).isEmpty();
  }

  @Test
  void whoIsInNoGroupThatIsNamedIsKnownButMayNotComeIn() throws Exception {
    provider.claims(claims -> claims.claim("groups", List.of("visitors")));
    HttpResponse<String> answer = signIn();
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.body()).contains("kim is in none of the groups");
    assertThat(house.kept).isEmpty();
  }

  @Test
  void groupsMayStandInsideAnObject() throws Exception {
    house.close();
    house = house("realm_access.roles");
    provider.claims(
        claims ->
            claims
                .claim("groups", null)
                .claim("realm_access", Map.of("roles", List.of("on-call"))));
    assertThat(signIn().statusCode()).isEqualTo(302);
    assertThat(house.kept.get(0).getRole()).isEqualTo(AccessRole.RESPONDER);
  }

  @Test
  void aNameFromElsewhereCannotPassForTheResponder() throws Exception {
    provider.claims(claims -> claims.claim("preferred_username", "responder/7\n<b>"));
    assertThat(signIn().statusCode()).isEqualTo(302);
    assertThat(house.kept.get(0).getName()).isEqualTo("responder_7__b_");
  }

  @Test
  void aProviderThatIsAwayOrCallsItselfOtherwiseIsNamed() throws Exception {
    provider.says("https://other.example");
    HttpResponse<String> other = house.get(PATH, null);
    assertThat(other.statusCode()).isEqualTo(502);
    assertThat(other.body()).contains("Example Login does not tell its addresses");
    provider.close();
    assertThat(house.get(PATH, null).statusCode()).isEqualTo(502);
  }

  @ParameterizedTest
  @ValueSource(strings = {"error=access_denied", "code="})
  void whoDoesNotAgreeAtTheProviderIsNotSignedIn(String instead) throws Exception {
    Begun begun = begin();
    String state = provider.asked(begun.to()).get("state");
    HttpResponse<String> answer = arrive(house, instead + "&state=" + state, begun.cookie());
    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.body()).contains("Example Login did not sign you in");
  }

  @Test
  void oneAddressCannotKeepTheProviderBusy() throws Exception {
    for (int i = 0; i < 10; i++) {
      begin();
    }
    assertThat(house.get(PATH, null).statusCode()).isEqualTo(429);
  }
}
