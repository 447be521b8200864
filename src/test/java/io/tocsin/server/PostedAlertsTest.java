package io.tocsin.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Alerts as Prometheus posts them. */
class PostedAlertsTest {

  private final ApiFixture api = new ApiFixture();

  @AfterEach
  void close() {
    api.close();
  }

  @Test
  void takesAlertsAsPrometheusSendsThem() throws Exception {
    HttpResponse<String> answer =
        api.post(
            "/api/v2/alerts",
            """
            [{"labels": {"alertname": "Down", "instance": "web-1:9100", "x": "$(id)\\n<b>"},
              "annotations": {"summary": "it is down"},
              "startsAt": "2026-01-01T11:59:00.123456789Z", "endsAt": "2026-01-01T12:04:00Z",
              "generatorURL": "http://prometheus/graph"},
             {"labels": {"alertname": "Down"}}]
            """);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(api.posted).hasSize(2);
    assertThat(api.posted.get(0).getLabels()).containsEntry("x", "$(id)\n<b>");
    assertThat(api.posted.get(0).getStartsAt()).isEqualTo("2026-01-01T11:59:00.123Z");
    assertThat(api.posted.get(1).getEndsAt()).isEqualTo(ApiFixture.NOW.plusSeconds(300));
    assertThat(api.posted.get(0).getId()).isNotEqualTo(api.posted.get(1).getId());
  }

  @Test
  void oneWrongAlertIsNamedAndTheOthersAreTaken() throws Exception {
    HttpResponse<String> answer =
        api.post("/api/v2/alerts", "[{\"labels\": {}}, {\"labels\": {\"alertname\": \"A\"}}]");
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("alert 0 has no labels");
    assertThat(api.posted).hasSize(1);
    assertThat(api.post("/api/v2/alerts", "{\"labels\": 1}").statusCode()).isEqualTo(400);
    assertThat(api.meters.counter("tocsin.external.alerts", "outcome", "refused").count())
        .isEqualTo(1);
  }
}
