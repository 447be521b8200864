package io.tocsin.server.capacity;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tocsin.server.ExampleServer;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class CapacityApiTest {

  private static ExampleServer server;

  @BeforeAll
  static void start() {
    server = new ExampleServer();
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
  }

  @Test
  void whatIsFullFirstComesFirst() throws Exception {
    JsonNode forecasts = server.json("/api/v1/capacity/forecast?figure=cpu-percent&last=14d");

    assertThat(forecasts.path(0).path("id").asText()).isEqualTo("vm/busy");
    assertThat(forecasts.path(0).path("full").path("ceiling").asDouble()).isEqualTo(80);
    assertThat(forecasts.path(1).path("full").path("likely").isNull()).isTrue();
  }

  @Test
  void sizesAreThoseOfTheCommand() throws Exception {
    JsonNode sizes = server.json("/api/v1/capacity/rightsize?resource=vm/*");

    assertThat(sizes).hasSize(4);
    assertThat(sizes.path(0).path("id").asText()).isEqualTo("vm/busy");
    assertThat(sizes.path(0).path("has").asDouble()).isEqualTo(4);
  }

  @Test
  void whatIfIsAskedOfTheHostsThatHistoryKnows() throws Exception {
    JsonNode now = server.json("/api/v1/capacity/whatif");
    JsonNode lost = server.json("/api/v1/capacity/whatif?lose=1&grow=50&add=3");
    JsonNode madeUp =
        server.json("/api/v1/capacity/whatif?hosts=1&host-cores=1&host-memory=1&as-given=true");

    assertThat(now.path("fits").asBoolean()).isTrue();
    assertThat(now.path("hosts").asInt()).isEqualTo(2);
    assertThat(now.path("survivesAnyLoss").asBoolean()).isTrue();
    assertThat(lost.path("hosts").asInt()).isEqualTo(1);
    assertThat(lost.path("guests").asInt()).isEqualTo(5);
    assertThat(madeUp.path("fits").asBoolean()).isFalse();
    assertThat(server.get("/api/v1/capacity/whatif?lose=2").body()).contains("one has to be left");
  }

  @Test
  void choicesComeWithoutPricesAndCostsDoNot() throws Exception {
    try (ExampleServer free =
        new ExampleServer((rules, from, to) -> null, List::of, CapacityBooks.shipped())) {
      assertThat(free.json("/api/v1/capacity/choose").path("choices")).hasSize(2);
      HttpResponse<String> cost = free.get("/api/v1/capacity/cost");
      assertThat(cost.statusCode()).isEqualTo(404);
      assertThat(cost.body()).contains("history.prices");
    }
  }

  @Test
  void costsAreThoseOfThePriceBook() throws Exception {
    JsonNode costs = server.json("/api/v1/capacity/cost");

    assertThat(costs.path("currency").asText()).isEqualTo("EUR");
    assertThat(costs.path("now").path("BASE").path("value").asDouble()).isPositive();
  }

  @Test
  void allThatIsWrongIsSaidAtOnce() throws Exception {
    HttpResponse<String> answer =
        server.get(
            "/api/v1/capacity/forecast?figure=happiness&zone=Mars&level=2&last=1x&colour=red");

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(ExampleServer.json(answer).path("problems")).hasSize(5);
    assertThat(answer.body())
        .contains("there is no happiness", "Mars is not known", "level:", "last:", "colour: is no");
  }

  @Test
  void nothingThatMatchesIsSaid() throws Exception {
    HttpResponse<String> answer = server.get("/api/v1/capacity/rightsize?resource=vm/nobody");

    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(answer.body()).contains("history has no host, VM or container");
  }

  @Test
  void theReportIsAPageThatCanDoNothing() throws Exception {
    HttpResponse<String> page = server.get("/api/v1/capacity/report");

    assertThat(page.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/html");
    assertThat(page.body()).startsWith("<!DOCTYPE html>").contains("vm/busy");
    assertThat(page.body()).doesNotContainIgnoringCase("<script").doesNotContain(" style=");
    String style = page.body().replaceFirst("(?s).*<style>(.*)</style>.*", "$1");
    byte[] digest =
        MessageDigest.getInstance("SHA-256").digest(style.getBytes(StandardCharsets.UTF_8));
    assertThat(page.headers().allValues("Content-Security-Policy"))
        .singleElement()
        .asString()
        .contains(
            "default-src 'none'",
            "style-src 'sha256-" + Base64.getEncoder().encodeToString(digest) + "'",
            "; sandbox;")
        .doesNotContain("unsafe", "script-src");
  }
}
