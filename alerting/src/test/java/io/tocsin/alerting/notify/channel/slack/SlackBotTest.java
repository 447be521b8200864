package io.tocsin.alerting.notify.channel.slack;

import static io.tocsin.alerting.notify.NotifyExamples.incident;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tocsin.alerting.notify.channel.Channel;
import io.tocsin.alerting.notify.channel.ChannelContract;
import io.tocsin.alerting.notify.channel.ChannelSpec;
import io.tocsin.alerting.notify.channel.FakeReceiver;
import io.tocsin.alerting.notify.channel.HttpFake;
import io.tocsin.alerting.notify.channel.HttpReceiver;
import io.tocsin.alerting.notify.channel.SendAnswer;
import io.tocsin.schemas.NotificationKind;
import io.tocsin.schemas.secret.SecretRef;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SlackBotTest extends ChannelContract {

  private HttpFake fake;

  @Override
  protected FakeReceiver start() {
    fake = new HttpFake(200, "{\"ok\":true,\"channel\":\"C1\",\"ts\":\"1503435956.000247\"}");
    return fake;
  }

  @Override
  protected ChannelSpec spec(SecretRef key) {
    return new SlackSpec(null, key, "C1", URI.create("http://127.0.0.1:" + receiver.port()));
  }

  @Override
  protected String dedupKey(String received) {
    return foot(received);
  }

  @Override
  protected boolean closes(String received) {
    return HttpReceiver.read(received).path("text").asText().startsWith("*[P1 RESOLVED]");
  }

  @Override
  protected void assertIsTextThere(List<String> texts) {
    assertHasOnlyOurLinks(texts);
  }

  static String foot(String received) {
    JsonNode foot = HttpReceiver.read(received).path("blocks").path(2);
    return foot.path("elements").path(0).path("text").asText();
  }

  static void assertHasOnlyOurLinks(List<String> texts) {
    assertThat(texts)
        .allSatisfy(
            text ->
                assertThat(
                        text.replace(
                            "<https://tocsin.example.org/#/incidents/inc-1|Open the incident>", ""))
                    .doesNotContain("<", ">"));
  }

  @Test
  void whatFollowsIsInTheThreadAndNewsInTheChannelToo() throws Exception {
    try (Channel channel = open(spec(reference()))) {
      for (NotificationKind kind :
          List.of(
              NotificationKind.PAGE,
              NotificationKind.REMINDER,
              NotificationKind.RAISED,
              NotificationKind.RESOLVED,
              NotificationKind.PAGE)) {
        channel.send(message(kind, incident().build(), "so"));
      }
    }

    assertThat(fake.requests().get(0).target()).isEqualTo("/api/chat.postMessage");
    assertThat(fake.requests().get(0).header("Authorization")).isEqualTo("Bearer " + KEY);
    assertThat(fake.received())
        .extracting(
            payload ->
                HttpReceiver.read(payload).path("thread_ts").asText("-")
                    + " "
                    + HttpReceiver.read(payload).path("reply_broadcast").asText("-"))
        .containsExactly(
            "- -",
            "1503435956.000247 false",
            "1503435956.000247 true",
            "1503435956.000247 true",
            "- -");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ratelimited", "internal_error", "invalid_auth", "token_revoked"})
  void errorsThatPassOrThatTheOperatorMendsAreTriedAgain(String error) throws Exception {
    fake.accepts("{\"ok\":false,\"error\":\"" + error + "\"}");

    assertThat(sent(NotificationKind.PAGE))
        .isInstanceOf(SendAnswer.TryAgain.class)
        .asString()
        .contains(error);
  }

  @ParameterizedTest
  @ValueSource(strings = {"channel_not_found", "is_archived", "msg_too_long", "invalid_blocks"})
  void otherErrorsAreForGood(String error) throws Exception {
    fake.accepts("{\"ok\":false,\"error\":\"" + error + "\"}");

    assertThat(sent(NotificationKind.PAGE))
        .isEqualTo(new SendAnswer.Refused("Slack says: " + error));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "<html>sign in</html>", "null", "[]", "{\"ok\":\"yes\"}"})
  void anAnswerThatIsNotSlacksIsNoSuccess(String body) throws Exception {
    fake.accepts(body);

    assertThat(sent(NotificationKind.PAGE)).isInstanceOf(SendAnswer.TryAgain.class);
  }
}
