package io.tocsin.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.javalin.http.HandlerType;
import io.tocsin.config.ServerSection;
import io.tocsin.schemas.AccessRole;
import io.tocsin.server.access.Role;
import io.tocsin.server.http.Endpoint;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every role at every endpoint that the server has, by the endpoint's own word. */
class AccessMatrixTest {

  /** What changes something, and yet takes less than a responder: it begins or ends a session. */
  private static final Set<String> FOR_ALL = Set.of("/api/v1/login", "/api/v1/logout");

  /** What takes a body, and changes nothing. */
  private static final Set<String> ASKING = Set.of("/api/v1/silences/preview");

  private final AccessFixture house =
      new AccessFixture(
          new ServerSection(
              null,
              null,
              AccessRole.NOBODY,
              null,
              new ServerSection.RateLimits(100_000, 100_000, 1_000, null),
              null));

  @BeforeEach
  void openIncident() {
    // With one, more of the handlers have something to do; none has to.
    assertThat(house.endpoints()).hasSizeGreaterThan(20);
  }

  @AfterEach
  void close() {
    house.close();
  }

  @Test
  void everyRoleMayDoWhatItCoversAndNothingElse() throws Exception {
    SoftAssertions soft = new SoftAssertions();
    for (Role role : Role.values()) {
      for (Endpoint endpoint : house.endpoints()) {
        // Anew each time: one of the endpoints revokes tokens.
        String token = role == Role.NOBODY ? null : house.token("somebody", role);
        HttpResponse<String> answer = ask(endpoint, token);
        boolean mayNot =
            answer.statusCode() == 403
                || answer.headers().firstValue("WWW-Authenticate").isPresent();
        soft.assertThat(mayNot)
            .as("%s at %s %s: %s", role, endpoint.method(), endpoint.path(), answer.body())
            .isEqualTo(!role.covers(endpoint.role()));
        if (mayNot) {
          soft.assertThat(answer.statusCode()).isEqualTo(role == Role.NOBODY ? 401 : 403);
          soft.assertThat(answer.headers().firstValue("Content-Type").orElse(""))
              .startsWith("application/problem+json");
        }
      }
    }
    soft.assertAll();
  }

  @Test
  void whatChangesAnythingTakesAResponderAtLeast() {
    assertThat(house.endpoints())
        .filteredOn(each -> each.method() != HandlerType.GET)
        .filteredOn(each -> !FOR_ALL.contains(each.path()) && !ASKING.contains(each.path()))
        .allMatch(each -> each.role().covers(Role.RESPONDER));
  }

  @Test
  void nobodyReadsAnythingOfTheFleet() {
    assertThat(house.endpoints())
        .filteredOn(each -> each.role() == Role.NOBODY)
        .extracting(Endpoint::path)
        .containsExactlyInAnyOrder(
            "/health/live", "/health/ready", "/api/v1/me", "/api/v1/login", "/api/v1/logout");
  }

  private HttpResponse<String> ask(Endpoint endpoint, String token) throws Exception {
    String path = endpoint.path().replaceAll("[{<][^}>]*[}>]", "x");
    String body = endpoint.method() == HandlerType.GET ? null : "{}";
    HttpRequest.Builder request = house.request(endpoint.method().name(), path, body);
    Map.of("Accept", "application/json").forEach(request::header);
    return house.send(token == null ? request : request.header("Authorization", "Bearer " + token));
  }
}
