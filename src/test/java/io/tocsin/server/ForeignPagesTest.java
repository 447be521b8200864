package io.tocsin.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.config.ServerSection;
import io.tocsin.schemas.AccessRole;
import io.tocsin.server.access.Role;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What pages of others cannot do with the browser of somebody who is signed in. */
class ForeignPagesTest {

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
  void aChangeWithACookieAloneIsNotTaken() throws Exception {
    String cookie = house.signIn(house.token("kim", Role.ADMIN));
    house.open("a");
    assertThat(house.note(cookie, null, null)).isEqualTo(403);
    assertThat(house.note(cookie, "console", null)).isEqualTo(202);
    assertThat(house.note(cookie, "console", "http://127.0.0.1:" + house.port)).isEqualTo(202);
    for (String foreign :
        List.of(
            "https://evil.example",
            "null",
            "http://127.0.0.1:1",
            "http://127.0.0.1.evil.example:" + house.port,
            "http://localhost:" + house.port,
            "%")) {
      assertThat(house.note(cookie, "console", foreign)).as(foreign).isEqualTo(403);
    }
    assertThat(house.refused("foreign-page")).isEqualTo(7);
  }

  @Test
  void aPageFromElsewhereCannotUseThatThisMachineNeedsNoToken() throws Exception {
    configure(new ServerSection(null, null, AccessRole.ADMIN, null, null, null));
    house.open("a");
    assertThat(house.note(null, null, "https://evil.example")).isEqualTo(403);
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
  void itAnswersToItsConfiguredNamesInAnyCaseAndToNoOther() throws IOException {
    configure(new ServerSection(null, List.of("Tocsin.Example"), null, null, null, null));
    assertThat(status("tocsin.example:18080")).contains(" 200 ");
    assertThat(status("TOCSIN.EXAMPLE")).contains(" 200 ");
    assertThat(status("evil.example")).contains(" 421 ");
    assertThat(house.refused("name")).isEqualTo(1);
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
