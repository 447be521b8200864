package io.tocsin.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.schemas.CommandKind;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What people ask of incidents, and from where nobody may. */
class PostedCommandsTest {

  private final ApiFixture api = new ApiFixture();

  @AfterEach
  void close() {
    api.close();
  }

  @Test
  void anAcknowledgementBecomesACommandWithOwnerAndEnd() throws Exception {
    api.open("a");

    HttpResponse<String> answer =
        api.post("/api/v1/incidents/a/acknowledge", "{\"by\":\"kim\",\"forSeconds\":3600}");

    assertThat(answer.statusCode()).isEqualTo(202);
    assertThat(api.sent)
        .singleElement()
        .satisfies(
            command -> {
              assertThat(command.getKind()).isEqualTo(CommandKind.ACKNOWLEDGE);
              assertThat(command.getIncidentId()).isEqualTo("a");
              assertThat(command.getBy()).isEqualTo("kim");
              assertThat(command.getUntil()).isEqualTo(ApiFixture.NOW.plusSeconds(3600));
            });
  }

  @Test
  void aCommandThatSaysTooLittleIsRefusedWithAllThatIsMissing() throws Exception {
    api.open("a");

    HttpResponse<String> answer = api.post("/api/v1/incidents/a/priority", "{\"priority\":\"P7\"}");

    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(answer.body()).contains("text: must say why", "priority: must be P0");
    assertThat(api.sent).isEmpty();
  }

  @Test
  void whoResolvesAnIncidentHasToSayWhy() throws Exception {
    api.open("a");

    HttpResponse<String> answer = api.post("/api/v1/incidents/a/resolve", "{\"by\":\"kim\"}");

    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(answer.body()).contains("text: must say why");
    assertThat(api.sent).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://evil.example", "null"})
  void aPageFromElsewhereCannotSendCommands(String origin) throws Exception {
    api.open("a");

    HttpResponse<String> answer =
        api.client.send(
            HttpRequest.newBuilder(api.uri("/api/v1/incidents/a/resolve"))
                .header("Content-Type", "application/json")
                .header("Origin", origin)
                .POST(HttpRequest.BodyPublishers.ofString("{\"by\":\"kim\"}"))
                .build(),
            BodyHandlers.ofString());

    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(api.sent).isEmpty();
  }

  @Test
  void aCommandHasToBeJsonWhichOtherPagesMayNotSend() throws Exception {
    api.open("a");

    HttpResponse<String> answer =
        api.client.send(
            HttpRequest.newBuilder(api.uri("/api/v1/incidents/a/resolve"))
                .header("Content-Type", "text/plain")
                .POST(HttpRequest.BodyPublishers.ofString("{\"by\":\"kim\"}"))
                .build(),
            BodyHandlers.ofString());

    assertThat(answer.statusCode()).isEqualTo(415);
    assertThat(api.sent).isEmpty();
  }
}
