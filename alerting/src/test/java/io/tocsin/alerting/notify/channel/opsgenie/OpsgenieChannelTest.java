package io.tocsin.alerting.notify.channel.opsgenie;

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
import io.tocsin.schemas.IncidentState;
import io.tocsin.schemas.NotificationKind;
import io.tocsin.schemas.secret.SecretRef;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

class OpsgenieChannelTest extends ChannelContract {

  private HttpFake fake;

  @Override
  protected FakeReceiver start() {
    fake =
        new HttpFake(
            202, "{\"result\":\"Request will be processed\",\"took\":0.1,\"requestId\":\"r-1\"}");
    return fake;
  }

  @Override
  protected ChannelSpec spec(SecretRef key) {
    return new OpsgenieSpec(key, URI.create("http://127.0.0.1:" + receiver.port()), "platform");
  }

  /** The alias is in the body of what creates, and in the path of what closes. */
  @Override
  protected String dedupKey(String received) {
    String alias = HttpReceiver.read(received).path("alias").asText("");
    return alias.isEmpty() ? target(received).split("/")[3] : alias;
  }

  @Override
  protected boolean closes(String received) {
    return target(received).endsWith("/close?identifierType=alias");
  }

  private String target(String received) {
    return fake.requests().get(fake.received().indexOf(received)).target();
  }

  @Override
  protected void assertIsTextThere(List<String> texts) {
    assertThat(texts).noneMatch(text -> text.contains("<") || text.contains(">"));
  }

  @Test
  void anAlertHasTheFieldsThatTheApiAsksFor() throws Exception {
    assertThat(sent(NotificationKind.PAGE)).isEqualTo(new SendAnswer.Accepted("r-1"));

    assertThat(fake.requests().get(0).target()).isEqualTo("/v2/alerts");
    assertThat(fake.requests().get(0).header("Authorization")).isEqualTo("GenieKey " + KEY);
    JsonNode alert = HttpReceiver.read(fake.received().get(0));
    assertThat(alert.path("alias").asText()).isEqualTo("inc-1");
    assertThat(alert.path("message").asText()).startsWith("[P1 PAGE]").hasSizeLessThan(131);
    assertThat(alert.path("description").asText()).contains("42 min left");
    assertThat(alert.path("priority").asText()).isEqualTo("P2");
    assertThat(alert.path("responders").path(0).path("name").asText()).isEqualTo("platform");
  }

  @Test
  void aReminderOfAnIncidentThatIsTakenAcknowledgesIt() throws Exception {
    try (Channel channel = open(spec(reference()))) {
      channel.send(
          message(
              NotificationKind.REMINDER,
              incident().setState(IncidentState.ACKNOWLEDGED).build(),
              "taken"));
    }

    assertThat(fake.requests().get(0).target())
        .isEqualTo("/v2/alerts/inc-1/acknowledge?identifierType=alias");
  }
}
