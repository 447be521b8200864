package io.tocsin.alerting.notify.channel.alertmanager;

import static io.tocsin.alerting.notify.NotifyExamples.delivery;
import static io.tocsin.alerting.notify.NotifyExamples.incident;
import static io.tocsin.alerting.notify.NotifyExamples.notification;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.tocsin.alerting.healing.execute.RealPart;
import io.tocsin.alerting.notify.channel.Channel;
import io.tocsin.alerting.notify.channel.ChannelContext;
import io.tocsin.alerting.notify.channel.HttpFake;
import io.tocsin.alerting.notify.channel.HttpReceiver;
import io.tocsin.alerting.notify.channel.Message;
import io.tocsin.alerting.notify.channel.SendAnswer;
import io.tocsin.alerting.notify.config.ChannelConfig;
import io.tocsin.alerting.notify.render.MessageRenderer;
import io.tocsin.alerting.outbound.OutboundRules;
import io.tocsin.alerting.outbound.PinnedHttp;
import io.tocsin.schemas.NotificationKind;
import io.tocsin.schemas.Priority;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The channel against the real Alertmanager: what it takes, what it shows, what it passes on. */
class AlertmanagerITCase {

  private static final Duration LONG = Duration.ofSeconds(60);

  @TempDir Path directory;

  private final Clock clock = Clock.systemUTC();
  private HttpFake hook;
  private AlertmanagerProcess one;
  private AlertmanagerProcess two;
  private PinnedHttp http;

  @BeforeEach
  void start() throws Exception {
    RealPart.needProgram("prometheus-alertmanager", "prometheus-alertmanager");
    hook = new HttpFake(200, "");
    URI webhook = URI.create("http://127.0.0.1:" + hook.port() + "/hook");
    one = new AlertmanagerProcess(directory.resolve("one"), webhook);
    two = new AlertmanagerProcess(directory.resolve("two"), webhook);
    http = new PinnedHttp(OutboundRules.of(List.of("127.0.0.1")), clock);
  }

  @AfterEach
  void stop() throws Exception {
    if (http != null) {
      http.close();
    }
    for (AlertmanagerProcess each : new AlertmanagerProcess[] {one, two}) {
      if (each != null) {
        each.close();
      }
    }
    if (hook != null) {
      hook.close();
    }
  }

  @Test
  void anIncidentFiresOnAllMembersAndEndsOnAll() throws Exception {
    try (Channel channel = channel()) {
      assertThat(channel.send(message(NotificationKind.PAGE, Priority.P1)))
          .isInstanceOf(SendAnswer.Accepted.class);

      for (AlertmanagerProcess each : List.of(one, two)) {
        JsonNode alerts = each.alerts();
        assertThat(alerts).hasSize(1);
        JsonNode alert = alerts.path(0);
        assertThat(alert.path("status").path("state").asText()).isIn("active", "unprocessed");
        assertThat(alert.path("labels").path("alertname").asText()).isEqualTo("memory-pressure");
        assertThat(alert.path("labels").path("severity").asText()).isEqualTo("error");
        assertThat(alert.path("labels").path("incident").asText()).isEqualTo("inc-1");
        assertThat(alert.path("labels").path("team").asText())
            .isEqualTo("\"quoted\" 'q' back\\slash <b> {{.}} zwei Zeilen ü 日本 😀");
        assertThat(alert.path("annotations").path("summary").asText()).startsWith("[P1 PAGE]");
        assertThat(Instant.parse(alert.path("endsAt").asText()))
            .isAfter(clock.instant().plus(Duration.ofHours(3)));
      }
      await().atMost(LONG).until(() -> statuses().contains("firing"));

      assertThat(channel.send(message(NotificationKind.RESOLVED, Priority.P1)))
          .isInstanceOf(SendAnswer.Accepted.class);

      await().atMost(LONG).until(() -> one.alerts().isEmpty() && two.alerts().isEmpty());
      await().atMost(LONG).until(() -> statuses().contains("resolved"));
    }
  }

  @Test
  void anIncidentThatIsRaisedAndRepeatedIsOneAlert() throws Exception {
    try (Channel channel = channel()) {
      channel.send(message(NotificationKind.PAGE, Priority.P1));
      channel.send(message(NotificationKind.RAISED, Priority.P0));
      channel.send(message(NotificationKind.RAISED, Priority.P0));

      await().atMost(LONG).until(() -> one.alerts().size() == 1);
      assertThat(one.alerts().path(0).path("labels").path("severity").asText())
          .isEqualTo("critical");
    }
  }

  @Test
  void anEndAfterARestartEndsItToo() throws Exception {
    try (Channel channel = channel()) {
      channel.send(message(NotificationKind.PAGE, Priority.P1));
    }
    try (Channel restarted = channel()) {
      restarted.send(message(NotificationKind.RESOLVED, Priority.P2));
      await().atMost(LONG).until(() -> one.alerts().isEmpty());
    }
  }

  private List<String> statuses() {
    return hook.received().stream()
        .map(body -> HttpReceiver.read(body))
        .map(body -> body.path("status").asText())
        .toList();
  }

  private Channel channel() {
    return spec().open(new ChannelContext(http, clock));
  }

  private AlertmanagerSpec spec() {
    return new AlertmanagerSpec(List.of(one.url(), two.url()), null, null);
  }

  private Message message(NotificationKind kind, Priority priority) {
    Instant now = clock.instant();
    return new MessageRenderer(
            ChannelConfig.of("am", spec()), URI.create("https://tocsin.example.org"))
        .render(
            delivery(
                notification(kind)
                    .setPriority(priority)
                    .setLabels(
                        Map.of("team", "\"quoted\" 'q' back\\slash <b> {{.}} zwei\nZeilen ü 日本 😀"))
                    .build()),
            Optional.of(incident().setStartedAt(now.minusSeconds(60)).build()),
            now);
  }
}
