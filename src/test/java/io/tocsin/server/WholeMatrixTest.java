package io.tocsin.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.javalin.http.HandlerType;
import io.tocsin.server.access.Caller;
import io.tocsin.server.access.Role;
import io.tocsin.server.http.Endpoint;
import java.net.http.HttpResponse;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Every role at every endpoint of all areas, by the endpoint's own word. */
class WholeMatrixTest {

  /** What takes a body, and changes nothing. */
  private static final Set<String> ASKING =
      Set.of(
          "/api/v1/silences/preview",
          "/api/v1/rules/check",
          "/api/v1/rules/test",
          "/api/v1/rules/backtest");

  /** How somebody says who they are, who cannot have said so before. */
  private static final Set<String> SIGNING_IN =
      Set.of("/api/v1/me", "/api/v1/login", "/api/v1/logout");

  private final AtomicReference<Role> role = new AtomicReference<>(Role.NOBODY);
  private final ExampleServer server =
      new ExampleServer(
          context ->
              role.get() == Role.NOBODY
                  ? Caller.anonymous(Role.NOBODY)
                  : new Caller("somebody", role.get(), Caller.Way.TOKEN, null));

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void everyRoleMayDoWhatItCoversAndNothingElse() throws Exception {
    SoftAssertions soft = new SoftAssertions();
    for (Role each : Role.values()) {
      role.set(each);
      for (Endpoint endpoint : server.endpoints()) {
        if (endpoint.path().equals("/api/v1/login")) {
          continue; // it refuses what it is shown, whoever asks
        }
        HttpResponse<String> answer = ask(endpoint);
        boolean mayNot = answer.statusCode() == 401 || answer.statusCode() == 403;
        soft.assertThat(mayNot)
            .as("%s at %s %s: %s", each, endpoint.method(), endpoint.path(), answer.body())
            .isEqualTo(!each.covers(endpoint.role()));
      }
    }
    soft.assertAll();
  }

  @Test
  void whatChangesAnythingTakesAResponderAtLeastAndWhatTellsAnythingAViewer() {
    assertThat(server.endpoints())
        .filteredOn(
            each ->
                each.method() != HandlerType.GET
                    && !ASKING.contains(each.path())
                    && !SIGNING_IN.contains(each.path()))
        .allMatch(each -> each.role().covers(Role.RESPONDER));
    assertThat(server.endpoints())
        .filteredOn(each -> each.role() == Role.NOBODY && !SIGNING_IN.contains(each.path()))
        .extracting(Endpoint::path)
        .containsExactlyInAnyOrder("/health/live", "/health/ready");
  }

  private HttpResponse<String> ask(Endpoint endpoint) throws Exception {
    String path = endpoint.path().replaceAll("[{<][^}>]*[}>]", "x");
    if (endpoint.method() == HandlerType.GET) {
      return server.get(path);
    }
    return endpoint.method() == HandlerType.DELETE ? server.delete(path) : server.post(path, "{}");
  }
}
