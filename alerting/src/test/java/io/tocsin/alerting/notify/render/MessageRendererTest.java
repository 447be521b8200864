package io.tocsin.alerting.notify.render;

import static io.tocsin.alerting.notify.NotifyExamples.NOON;
import static io.tocsin.alerting.notify.NotifyExamples.NOW;
import static io.tocsin.alerting.notify.NotifyExamples.delivery;
import static io.tocsin.alerting.notify.NotifyExamples.incident;
import static io.tocsin.alerting.notify.NotifyExamples.notification;
import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.alerting.notify.channel.Escaping;
import io.tocsin.alerting.notify.channel.Message;
import io.tocsin.alerting.notify.config.ChannelConfig;
import io.tocsin.schemas.Acknowledgement;
import io.tocsin.schemas.Incident;
import io.tocsin.schemas.IncidentState;
import io.tocsin.schemas.NotificationKind;
import io.tocsin.schemas.ServiceLevel;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class MessageRendererTest {

  private static final URI CONSOLE = URI.create("https://tocsin.example.org/");
  private static final String HOSTILE =
      "<img src=x onerror=alert(1)> \"'& <!channel> $(id) `id` {{summary}} =cmd \u202e\u0000\r\nBcc: x";

  @ParameterizedTest
  @CsvSource({"log,NONE", "slack,SLACK", "web,HTML"})
  void theUsualMessageIsAsItWasAgreed(String kind, Escaping escaping) throws IOException {
    Message message = render(channel(kind, escaping, null, null), NotificationKind.PAGE, known());

    assertThat(message.title() + "\n---\n" + message.body() + "\n")
        .isEqualTo(golden(kind + ".page.txt"));
  }

  @Test
  void aMessageThatItIsOverNamesNoDeadline() throws IOException {
    Incident over =
        incident()
            .setState(IncidentState.RESOLVED)
            .setResolvedAt(NOON.plus(Duration.ofMinutes(15)))
            .build();

    Message message =
        render(channel("log", Escaping.NONE, null, null), NotificationKind.RESOLVED, over);

    assertThat(message.title() + "\n---\n" + message.body() + "\n")
        .isEqualTo(golden("log.resolved.txt"));
    assertThat(message.remaining()).isNull();
  }

  @ParameterizedTest
  @EnumSource(value = NotificationKind.class, mode = EnumSource.Mode.EXCLUDE, names = "RESOLVED")
  void theTimeThatIsLeftIsInEveryMessage(NotificationKind kind) {
    Message message = render(channel("log", Escaping.NONE, null, null), kind, known());

    assertThat(message.title()).contains("42 min left to mitigate");
    assertThat(message.body()).contains("Time: 42 min left to mitigate");
    assertThat(message.remaining()).isEqualTo(Duration.ofMinutes(42));
  }

  @Test
  void theTimeIsCountedWhenItIsSentAndNotWhenItWasDecided() {
    Message late =
        new MessageRenderer(channel("log", Escaping.NONE, null, null), CONSOLE)
            .render(
                delivery(notification(NotificationKind.PAGE).build()),
                Optional.of(known()),
                NOON.plus(Duration.ofMinutes(252)));

    assertThat(late.title()).endsWith("(12 min over the time to resolve)");
    assertThat(late.remaining()).isEqualTo(Duration.ofMinutes(-12));
  }

  @Test
  void aClockThatStandsStillIsSaidToDoSo() {
    ServiceLevel paused = ServiceLevel.newBuilder(known().getServiceLevel()).build();
    paused.setPausedSince(NOON.plusSeconds(100));

    Message message =
        render(
            channel("log", Escaping.NONE, null, null),
            NotificationKind.PAGE,
            incident().setServiceLevel(paused).build());

    assertThat(message.title()).contains("the clock stands still for planned work");
  }

  @Test
  void anIncidentOlderThanTheNotificationDoesNotSayTheDeadline() {
    Message message =
        render(
            channel("log", Escaping.NONE, null, null),
            NotificationKind.PAGE,
            incident().setVersion(2).setServiceLevel(null).build());

    assertThat(message.title()).endsWith("(42 min left)");
  }

  @Test
  void withoutTheIncidentTheNotificationIsEnough() {
    Message message =
        new MessageRenderer(channel("log", Escaping.NONE, null, null), null)
            .render(
                delivery(notification(NotificationKind.PAGE).setDueAt(null).build()),
                Optional.empty(),
                NOW);

    assertThat(message.title())
        .isEqualTo(
            "[P1 PAGE] Tasks of host/web-1 wait for memory 38 % of the time (no deadline runs)");
    assertThat(message.body()).doesNotContain("Resource").contains("team: platform");
    assertThat(message.link()).isNull();
  }

  @Test
  void foreignTextStaysTextInEveryPlace() {
    Incident hostile =
        incident()
            .setId(HOSTILE)
            .setRule(HOSTILE)
            .setResourceId(HOSTILE)
            .setService(HOSTILE)
            .setSummary(HOSTILE)
            .setEvidence(List.of(HOSTILE))
            .setAffected(List.of(HOSTILE))
            .setRunbook("javascript:alert(1)//" + HOSTILE)
            .setLabels(Map.of(HOSTILE, HOSTILE))
            .setAcknowledgement(new Acknowledgement(HOSTILE, NOON, NOW, HOSTILE))
            .build();
    for (Escaping escaping : List.of(Escaping.HTML, Escaping.SLACK)) {
      Message message =
          new MessageRenderer(channel("web", escaping, null, null), CONSOLE)
              .render(
                  delivery(
                      notification(NotificationKind.PAGE)
                          .setIncidentId(HOSTILE)
                          .setSummary(HOSTILE)
                          .setReason(HOSTILE)
                          .setLabels(Map.of(HOSTILE, HOSTILE, "team", HOSTILE))
                          .build()),
                  Optional.of(hostile),
                  NOW);

      assertThat(message.title()).doesNotContain("<", ">", "\n", "\u202e", "\u0000");
      assertThat(message.body())
          .doesNotContain("<", ">", "\r", "\u202e", "\u0000", "\nBcc:")
          .contains("{{summary}}", "$(id)", "&lt;img");
      assertThat(message.link())
          .matches("https://tocsin\\.example\\.org/#/incidents/[A-Za-z0-9%.*_-]+");
    }
  }

  @Test
  void noWayOfWritingATemplateGetsRoundTheEscaping() {
    Message message =
        new MessageRenderer(
                channel(
                    "web", Escaping.HTML, "{{{summary}}}{{&summary}}", "{{{reason}}}{{&label.x}}"),
                CONSOLE)
            .render(
                delivery(
                    notification(NotificationKind.PAGE)
                        .setSummary(HOSTILE)
                        .setReason(HOSTILE)
                        .setLabels(Map.of("x", HOSTILE))
                        .build()),
                Optional.of(known()),
                NOW);

    assertThat(message.title() + message.body()).doesNotContain("<", ">", "\"", "'");
  }

  @Test
  void longTextIsCutAndEscapesStayWhole() {
    String long64k = "<".repeat(65_536);
    Message message =
        new MessageRenderer(
                channel("web", Escaping.HTML, null, "{{#labels}}{{value}}{{/labels}}"), null)
            .render(
                delivery(
                    notification(NotificationKind.PAGE)
                        .setSummary(long64k)
                        .setLabels(
                            Map.of(
                                "a", long64k, "b", long64k, "c", long64k, "d", long64k, "e",
                                long64k))
                        .build()),
                Optional.empty(),
                NOW);

    assertThat(message.title().length()).isLessThanOrEqualTo(1_000);
    assertThat(message.title()).matches("\\[P1 PAGE\\] (&lt;)+…");
    assertThat(message.body().replace("&lt;", "").replace("…", "")).isEmpty();
  }

  @Test
  void aTemplateOfTheChannelsOwnIsUsed() {
    Message message =
        render(
            channel(
                "log",
                Escaping.NONE,
                "{{label.team}}/{{priority}}{{#resolved}} over{{/resolved}}",
                "{{#evidence}}* {{.}}\n{{/evidence}}{{healing}}{{label.nope}}{{#label.nope}}x{{/label.nope}}"),
            NotificationKind.PAGE,
            known());

    assertThat(message.title()).isEqualTo("platform/P1");
    assertThat(message.body())
        .isEqualTo("* memory_pressure_percent_mean is 38, above 10\n* for 1 min\n1 attempt so far");
  }

  @Test
  void aTemplateThatCannotBeUsedGivesWayToTheUsualOneAndTheMessageSaysSo() {
    String endless = "{{#evidence}}".repeat(20) + "x" + "{{/evidence}}".repeat(20);
    Message broken =
        render(channel("log", Escaping.NONE, "{{#a}}", endless), NotificationKind.PAGE, known());

    assertThat(broken.title()).startsWith("[P1 PAGE] Tasks of host/web-1");
    assertThat(broken.body())
        .contains("This is the usual title: the template of channel 'ops' cannot be used: ")
        .contains("This is the usual body")
        .contains("it writes more than")
        .contains("Time: 42 min left");
  }

  @Test
  void onlyLinksToTheWebAreLinks() {
    for (String runbook :
        List.of(
            "javascript:alert(1)", "file:///etc/passwd", "restart it", "http://a@b/", "http:x")) {
      Message message =
          render(
              channel("slack", Escaping.SLACK, null, "[{{runbookLink}}] {{runbook}}"),
              NotificationKind.PAGE,
              incident().setRunbook(runbook).build());
      assertThat(message.body()).isEqualTo("[] " + runbook);
    }
    assertThat(
            new MessageRenderer(
                    channel("log", Escaping.NONE, null, null), URI.create("javascript:alert(1)"))
                .render(
                    delivery(notification(NotificationKind.PAGE).build()), Optional.empty(), NOW)
                .link())
        .isNull();
  }

  @Test
  void manyAffectedAreCounted() {
    Message message =
        render(
            channel("log", Escaping.NONE, null, "{{affected}}"),
            NotificationKind.PAGE,
            incident().setAffected(Collections.nCopies(200, "host/web-1")).build());

    assertThat(message.body()).endsWith("host/web-1 and 190 more");
  }

  private static Incident known() {
    return incident().build();
  }

  private static ChannelConfig channel(String kind, Escaping escaping, String title, String body) {
    return new ChannelConfig(
        "ops", new StandInSpec(kind, escaping), null, null, null, title, body, null);
  }

  private static Message render(ChannelConfig channel, NotificationKind kind, Incident incident) {
    return new MessageRenderer(channel, CONSOLE)
        .render(delivery(notification(kind).build()), Optional.of(incident), NOW);
  }

  private static String golden(String name) throws IOException {
    try (InputStream in = MessageRendererTest.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
