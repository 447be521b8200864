package io.tocsin.alerting.notify.channel.pagerduty;

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

class PagerDutyChannelTest extends ChannelContract {

  private HttpFake fake;

  @Override
  protected FakeReceiver start() {
    fake =
        new HttpFake(
            202,
            "{\"status\":\"success\",\"message\":\"Event processed\",\"dedup_key\":\"inc-1\"}");
    return fake;
  }

  @Override
  protected ChannelSpec spec(SecretRef key) {
    return new PagerDutySpec(key, null, URI.create("http://127.0.0.1:" + receiver.port()));
  }

  @Override
  protected String dedupKey(String received) {
    return HttpReceiver.read(received).path("dedup_key").asText();
  }

  @Override
  protected boolean closes(String received) {
    return HttpReceiver.read(received).path("event_action").asText().equals("resolve");
  }

  @Override
  protected void assertIsTextThere(List<String> texts) {
    // Its pages show text as text; links stand in fields of their own, which are ours.
    assertThat(texts).filteredOn(text -> text.startsWith("http")).hasSize(2);
  }

  @Test
  void anEventHasTheFieldsThatTheApiAsksFor() throws Exception {
    sent(NotificationKind.PAGE);

    assertThat(fake.requests().get(0).method()).isEqualTo("POST");
    assertThat(fake.requests().get(0).target()).isEqualTo("/v2/enqueue");
    JsonNode event = HttpReceiver.read(fake.received().get(0));
    assertThat(event.path("routing_key").asText()).isEqualTo(KEY);
    assertThat(event.path("event_action").asText()).isEqualTo("trigger");
    assertThat(event.path("dedup_key").asText()).isEqualTo("inc-1");
    assertThat(event.path("payload").path("summary").asText())
        .startsWith("[P1 PAGE]")
        .contains("42 min left");
    assertThat(event.path("payload").path("source").asText()).isEqualTo("host/web-1");
    assertThat(event.path("payload").path("severity").asText()).isEqualTo("error");
    assertThat(event.path("payload").path("custom_details").path("seconds_to_deadline").asLong())
        .isEqualTo(42 * 60);
    assertThat(event.path("links").path(0).path("href").asText())
        .isEqualTo("https://tocsin.example.org/#/incidents/inc-1");
  }

  @Test
  void aReminderOfAnIncidentThatIsTakenAcknowledgesItAndNewsTriggersIt() throws Exception {
    try (Channel channel = open(spec(reference()))) {
      for (NotificationKind kind : List.of(NotificationKind.REMINDER, NotificationKind.RAISED)) {
        channel.send(
            message(kind, incident().setState(IncidentState.ACKNOWLEDGED).build(), "taken"));
      }
    }

    assertThat(fake.received())
        .extracting(event -> HttpReceiver.read(event).path("event_action").asText())
        .containsExactly("acknowledge", "trigger");
  }

  @Test
  void aRoutingKeyThatIsWrongIsTheOperatorsToMend() throws Exception {
    try (HttpFake strict =
        new HttpFake(
            400,
            "{\"status\":\"invalid event\",\"errors\":[\"Length of 'routing_key' is incorrect\"]}")) {
      Channel channel =
          open(
              new PagerDutySpec(
                  reference(), null, URI.create("http://127.0.0.1:" + strict.port())));

      assertThat(channel.send(message(NotificationKind.PAGE, incident().build(), "new")))
          .isInstanceOf(SendAnswer.TryAgain.class)
          .asString()
          .contains("routing key in file ");
    }
  }

  @Test
  void eachRegionHasItsAddress() {
    SecretRef key = new SecretRef(null, "KEY");
    assertThat(new PagerDutySpec(key, null, null).url())
        .hasToString("https://events.pagerduty.com");
    assertThat(new PagerDutySpec(key, PagerDutySpec.Region.EU, null).url())
        .hasToString("https://events.eu.pagerduty.com");
  }
}
