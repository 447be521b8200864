package io.tocsin.server.story;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.tocsin.alerting.replay.WhyNot;
import io.tocsin.server.ApiServer;
import io.tocsin.server.Readiness;
import io.tocsin.server.Views;
import io.tocsin.server.access.AccessControl;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WhyNotApiTest {

  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-01-01T12:00:00Z"), ZoneOffset.UTC);
  private static final String QUESTION = "/api/v1/why-not?rule=cpu&resource=host/a";

  private final HttpClient client = HttpClient.newHttpClient();
  private ApiServer server;
  private int port;

  private void start(WhyNotSource source) {
    server =
        new ApiServer(
            new Views(),
            () -> new Readiness(true, Map.of(), 1),
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT),
            AccessControl.OPEN,
            CLOCK,
            StoryApi.Ladders.NONE,
            List.of(new WhyNotApi(source, CLOCK)));
    port = server.start(0);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void tellsTheReasonAndAsksAboutNowIfNobodySaysWhen() throws Exception {
    start((rule, resource, at) -> new WhyNot(rule + " " + resource + " " + at, List.of("<b>")));

    HttpResponse<String> answer = get(QUESTION);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body())
        .isEqualTo("{\"reason\":\"cpu host/a 2026-01-01T12:00:00Z\",\"details\":[\"<b>\"]}");
  }

  @Test
  void oneQuestionIsAnsweredAtATimeAndOthersAreToldToComeBack() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    start(
        (rule, resource, at) -> {
          asked.countDown();
          try {
            goOn.await(30, TimeUnit.SECONDS);
          } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
          }
          return new WhyNot("because", List.of());
        });
    var first =
        client.sendAsync(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + QUESTION)).build(),
            BodyHandlers.ofString());
    asked.await(30, TimeUnit.SECONDS);

    HttpResponse<String> second = get(QUESTION);
    goOn.countDown();

    assertThat(second.statusCode()).isEqualTo(503);
    assertThat(second.headers().firstValue("Retry-After")).hasValue("5");
    assertThat(first.get(30, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
    assertThat(get(QUESTION).statusCode()).isEqualTo(200);
  }

  @Test
  void saysWhyItCannotAnswerAndWhatIsMissing() throws Exception {
    start(
        (rule, resource, at) -> {
          throw new IOException("the topics cannot be read");
        });

    assertThat(get(QUESTION).statusCode()).isEqualTo(503);
    assertThat(get(QUESTION).body()).contains("the topics cannot be read");
    assertThat(get("/api/v1/why-not?rule=cpu&at=noon").body())
        .contains("resource: must be given", "at: must be a time");
  }

  private HttpResponse<String> get(String path) throws Exception {
    return client.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build(),
        BodyHandlers.ofString());
  }
}
