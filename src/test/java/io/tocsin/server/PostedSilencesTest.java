package io.tocsin.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Silences as people write them, and what they would hide. */
class PostedSilencesTest {

  private final ApiFixture api = new ApiFixture();

  @AfterEach
  void close() {
    api.close();
  }

  @Test
  void aSilenceNeedsMatcherReasonAndEnd() throws Exception {
    HttpResponse<String> answer = api.post("/api/v1/silences", "{\"by\":\"kim\",\"matchers\":[]}");

    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(answer.body()).contains("reason:", "endsAt:", "matchers:");
    assertThat(api.sent).isEmpty();
  }

  @Test
  void aSilenceMayBeWrittenAsPeopleDo() throws Exception {
    HttpResponse<String> answer =
        api.post(
            "/api/v1/silences",
            "{\"by\":\"kim\",\"reason\":\"move\",\"forSeconds\":3600,"
                + "\"matchers\":[\"service=shop\",\"priority!=P0\"]}");

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    var silence = api.sent.get(0).getSilence();
    assertThat(silence.getEndsAt()).isEqualTo(ApiFixture.NOW.plusSeconds(3600));
    assertThat(silence.getMatchers().get(0).getField()).isEqualTo("service");
    assertThat(silence.getMatchers().get(1).getNegated()).isTrue();
    assertThat(silence.getMatchers().get(1).getGlob()).isEqualTo("P0");
  }

  @Test
  void aMatcherThatIsNoneIsNamed() throws Exception {
    HttpResponse<String> answer =
        api.post(
            "/api/v1/silences",
            "{\"by\":\"kim\",\"reason\":\"x\",\"forSeconds\":60,\"matchers\":[\"shop\"]}");

    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(answer.body()).contains("matchers[0].field");
  }

  @Test
  void aSilenceThatWouldBeRefusedLaterIsRefusedAtOnce() throws Exception {
    String silence = "{\"by\":\"kim\",\"reason\":\"test\",\"endsAt\":\"2026-01-01T13:00:00Z\",";

    HttpResponse<String> everything =
        api.post(
            "/api/v1/silences", silence + "\"matchers\":[{\"field\":\"rule\",\"glob\":\"*\"}]}");
    HttpResponse<String> hourly =
        api.post(
            "/api/v1/silences",
            silence
                + "\"matchers\":[{\"field\":\"service\",\"glob\":\"shop\"}],"
                + "\"recurrence\":{\"rule\":\"FREQ=HOURLY\",\"durationSeconds\":60}}");

    assertThat(everything.statusCode()).isEqualTo(422);
    assertThat(everything.body()).contains("would match everything");
    assertThat(hourly.statusCode()).isEqualTo(422);
    assertThat(hourly.body()).contains("more often than daily");
    assertThat(api.sent).isEmpty();
  }

  @Test
  void aPreviewTellsWhatASilenceWouldHideAndSendsNothing() throws Exception {
    api.open("a");

    HttpResponse<String> answer =
        api.post(
            "/api/v1/silences/preview",
            "{\"by\":\"kim\",\"reason\":\"test\",\"endsAt\":\"2026-01-01T13:00:00Z\","
                + "\"matchers\":[{\"field\":\"resource\",\"glob\":\"*\"}]}");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).contains("\"openIncidents\":1");
    assertThat(api.sent).isEmpty();
  }
}
