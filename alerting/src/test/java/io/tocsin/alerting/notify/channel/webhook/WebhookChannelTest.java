package io.tocsin.alerting.notify.channel.webhook;

import static io.tocsin.alerting.notify.NotifyExamples.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tocsin.alerting.notify.channel.ChannelContract;
import io.tocsin.alerting.notify.channel.ChannelSpec;
import io.tocsin.alerting.notify.channel.FakeReceiver;
import io.tocsin.alerting.notify.channel.HttpFake;
import io.tocsin.alerting.notify.channel.HttpReceiver;
import io.tocsin.alerting.outbound.HmacSignature;
import io.tocsin.schemas.NotificationKind;
import io.tocsin.schemas.secret.SecretRef;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class WebhookChannelTest extends ChannelContract {

  private HttpFake fake;

  @Override
  protected FakeReceiver start() {
    fake = new HttpFake(200, "");
    return fake;
  }

  @Override
  protected ChannelSpec spec(SecretRef key) {
    return new WebhookSpec(
        URI.create("http://127.0.0.1:" + receiver.port() + "/hook?a=b"), key, key);
  }

  @Override
  protected String dedupKey(String received) {
    return HttpReceiver.read(received).path("dedupKey").asText();
  }

  @Override
  protected boolean closes(String received) {
    return HttpReceiver.read(received).path("kind").asText().equals("RESOLVED");
  }

  @Override
  protected void assertIsTextThere(List<String> texts) {
    assertThat(texts).anyMatch(text -> text.contains("<img src=x onerror=alert(1)>"));
  }

  @Test
  void aCallIsSignedAndCanBeToldFromANewOne() throws Exception {
    sent(NotificationKind.PAGE);
    sent(NotificationKind.PAGE);
    sent(NotificationKind.RAISED);

    HttpFake.Request first = fake.requests().get(0);
    assertThat(first.target()).isEqualTo("/hook?a=b");
    assertThat(first.header("Authorization")).isEqualTo("Bearer " + KEY);
    assertThat(first.header("Content-type")).isEqualTo("application/json; charset=utf-8");
    assertThat(
            HmacSignature.verify(
                KEY,
                first.header(HmacSignature.HEADER),
                first.body().getBytes(StandardCharsets.UTF_8),
                NOW))
        .isInstanceOf(HmacSignature.Verdict.Genuine.class);
    assertThat(fake.requests())
        .extracting(request -> request.header("Idempotency-key"))
        .containsExactly("note-PAGE", "note-PAGE", "note-RAISED");
  }

  @Test
  void theBodySaysWhatIsKnown() throws Exception {
    sent(NotificationKind.PAGE);

    JsonNode body = HttpReceiver.read(fake.received().get(0));
    assertThat(body.path("version").asInt()).isEqualTo(1);
    assertThat(body.path("priority").asText()).isEqualTo("P1");
    assertThat(body.path("remainingSeconds").asLong()).isEqualTo(42 * 60);
    assertThat(body.path("incident").path("resource").asText()).isEqualTo("host/web-1");
    assertThat(body.path("incident").path("state").asText()).isEqualTo("OPEN");
  }
}
