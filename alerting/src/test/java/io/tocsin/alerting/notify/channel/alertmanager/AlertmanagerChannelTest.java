package io.tocsin.alerting.notify.channel.alertmanager;

import static io.tocsin.alerting.notify.NotifyExamples.NOW;
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
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class AlertmanagerChannelTest extends ChannelContract {

  private HttpFake fake;

  @Override
  protected FakeReceiver start() {
    fake = new HttpFake(200, "");
    return fake;
  }

  @Override
  protected ChannelSpec spec(SecretRef key) {
    return new AlertmanagerSpec(List.of(uri(fake)), key, null);
  }

  private static URI uri(HttpFake fake) {
    return URI.create("http://127.0.0.1:" + fake.port());
  }

  /** All labels are the identity of an alert. */
  @Override
  protected String dedupKey(String received) {
    return HttpReceiver.read(received).path(0).path("labels").toString();
  }

  @Override
  protected boolean closes(String received) {
    return !Instant.parse(HttpReceiver.read(received).path(0).path("endsAt").asText()).isAfter(NOW);
  }

  @Override
  protected void assertIsTextThere(List<String> texts) {
    assertThat(texts).anyMatch(text -> text.contains("<img src=x onerror=alert(1)>"));
  }

  @Test
  void anAlertFiresUntilLongAfterItWasLastSent() throws Exception {
    sent(NotificationKind.PAGE);

    assertThat(fake.requests().get(0).target()).isEqualTo("/api/v2/alerts");
    assertThat(fake.requests().get(0).header("Authorization")).isEqualTo("Bearer " + KEY);
    JsonNode alert = HttpReceiver.read(fake.received().get(0)).path(0);
    assertThat(alert.path("labels"))
        .isEqualTo(
            HttpReceiver.read(
                "{\"alertname\":\"memory-pressure\",\"incident\":\"inc-1\",\"priority\":\"P1\","
                    + "\"resource\":\"host/web-1\",\"service\":\"shop\",\"severity\":\"error\","
                    + "\"team\":\"it is new\"}"));
    assertThat(alert.path("startsAt").asText()).isEqualTo("2026-01-01T12:00:00Z");
    assertThat(alert.path("endsAt").asText()).isEqualTo("2026-01-01T16:18:00Z");
    assertThat(alert.path("annotations").path("summary").asText()).contains("42 min left");
    assertThat(open(spec(reference())).repeatEvery()).contains(Duration.ofMinutes(1));
  }

  @Test
  void whatChangesIdentityEndsTheAlertUnderTheOldOne() throws Exception {
    try (Channel channel = open(spec(reference()))) {
      channel.send(message(NotificationKind.PAGE, incident().build(), "so"));
      channel.send(
          message(NotificationKind.RAISED, incident().setResourceId("host/web-2").build(), "so"));
    }

    JsonNode second = HttpReceiver.read(fake.received().get(1));
    assertThat(second).hasSize(2);
    assertThat(second.path(0).path("labels").path("resource").asText()).isEqualTo("host/web-2");
    assertThat(second.path(1).path("labels").path("resource").asText()).isEqualTo("host/web-1");
    assertThat(second.path(1).path("endsAt").asText()).isEqualTo(NOW.toString());
  }

  @Test
  void afterAStopTheEndIsToldForEveryPriorityThatItMayHaveHad() throws Exception {
    sent(NotificationKind.RESOLVED);

    assertThat(priorities(0)).containsExactlyInAnyOrder("P0", "P1", "P2", "P3");
  }

  @Test
  void withoutAStopTheEndIsToldForTheOneThatItHad() throws Exception {
    try (Channel channel = open(spec(reference()))) {
      channel.send(message(NotificationKind.PAGE, incident().build(), "so"));
      channel.send(message(NotificationKind.RESOLVED, incident().build(), "so"));
    }

    assertThat(priorities(0)).containsExactly("P1");
    assertThat(priorities(1)).containsExactly("P1");
  }

  private List<String> priorities(int message) {
    return HttpReceiver.read(fake.received().get(message)).findValuesAsText("priority");
  }

  @Test
  void allMembersAreToldAndOneIsEnough() throws Exception {
    try (HttpFake other = new HttpFake(200, "")) {
      Channel channel =
          open(new AlertmanagerSpec(List.of(uri(fake), uri(other)), reference(), null));
      fake.does(FakeReceiver.Does.BROKEN);
      assertThat(channel.send(message(NotificationKind.PAGE, incident().build(), "so")))
          .isInstanceOf(SendAnswer.Accepted.class);
      other.does(FakeReceiver.Does.NOT_UNDERSTAND);
      assertThat(channel.send(message(NotificationKind.PAGE, incident().build(), "so")))
          .isInstanceOf(SendAnswer.TryAgain.class);
      assertThat(other.received()).hasSize(2);
    }
  }
}
