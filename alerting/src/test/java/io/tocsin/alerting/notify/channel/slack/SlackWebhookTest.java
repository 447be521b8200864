package io.tocsin.alerting.notify.channel.slack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tocsin.alerting.notify.channel.ChannelContract;
import io.tocsin.alerting.notify.channel.ChannelSpec;
import io.tocsin.alerting.notify.channel.FakeReceiver;
import io.tocsin.alerting.notify.channel.HttpFake;
import io.tocsin.alerting.notify.channel.HttpReceiver;
import io.tocsin.schemas.NotificationKind;
import io.tocsin.schemas.secret.SecretRef;
import java.util.List;
import org.junit.jupiter.api.Test;

class SlackWebhookTest extends ChannelContract {

  private HttpFake fake;

  @Override
  protected FakeReceiver start() {
    fake = new HttpFake(200, "ok");
    return fake;
  }

  @Override
  protected String key() {
    return "http://127.0.0.1:" + receiver.port() + "/services/T0/B0/" + KEY;
  }

  @Override
  protected ChannelSpec spec(SecretRef key) {
    return new SlackSpec(key, null, null, null);
  }

  @Override
  protected String dedupKey(String received) {
    return SlackBotTest.foot(received);
  }

  @Override
  protected boolean closes(String received) {
    return HttpReceiver.read(received).path("text").asText().startsWith("*[P1 RESOLVED]");
  }

  @Override
  protected void assertIsTextThere(List<String> texts) {
    SlackBotTest.assertHasOnlyOurLinks(texts);
  }

  @Test
  void theMessageIsShownAsItIsWritten() throws Exception {
    sent(NotificationKind.PAGE);

    assertThat(fake.requests().get(0).target()).isEqualTo("/services/T0/B0/" + KEY);
    JsonNode payload = HttpReceiver.read(fake.received().get(0));
    assertThat(payload.path("blocks")).hasSize(3);
    JsonNode body = payload.path("blocks").path(1).path("text");
    assertThat(body.path("type").asText()).isEqualTo("mrkdwn");
    assertThat(body.path("verbatim").asBoolean()).isTrue();
    assertThat(body.path("text").asText())
        .contains("42 min left")
        .contains("<https://tocsin.example.org/#/incidents/inc-1|Open the incident>");
    assertThat(payload.path("unfurl_links").asBoolean(true)).isFalse();
  }
}
