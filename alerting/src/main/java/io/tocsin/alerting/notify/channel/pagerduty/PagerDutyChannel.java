package io.tocsin.alerting.notify.channel.pagerduty;

import io.tocsin.alerting.healing.execute.PlainText;
import io.tocsin.alerting.notify.channel.BoundedText;
import io.tocsin.alerting.notify.channel.Channel;
import io.tocsin.alerting.notify.channel.ChannelContext;
import io.tocsin.alerting.notify.channel.HttpReceiver;
import io.tocsin.alerting.notify.channel.Identity;
import io.tocsin.alerting.notify.channel.Message;
import io.tocsin.alerting.notify.channel.Secrets;
import io.tocsin.alerting.notify.channel.SendAnswer;
import io.tocsin.alerting.notify.channel.UnreadableSecretException;
import io.tocsin.schemas.Incident;
import io.tocsin.schemas.Notification;
import io.tocsin.schemas.Priority;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Sends events of the Events API v2. Its limits: a summary of 1,024 characters, a dedup key of 255,
 * an event of 512 KB, which no message of ours comes near.
 */
final class PagerDutyChannel implements Channel {

  private static final int SUMMARY = 1_024;
  private static final int FIELD = 255;

  private final PagerDutySpec spec;
  private final HttpReceiver receiver;
  private final URI enqueue;

  PagerDutyChannel(PagerDutySpec spec, ChannelContext context) {
    this.spec = spec;
    this.receiver = new HttpReceiver("PagerDuty", context.http());
    this.enqueue = URI.create(spec.url() + "/v2/enqueue");
  }

  @Override
  public SendAnswer send(Message message) throws InterruptedException {
    Secrets secrets = new Secrets();
    try {
      byte[] event = HttpReceiver.json(event(message, secrets.read(spec.routingKey())));
      SendAnswer answer =
          receiver.post(
              enqueue,
              Map.of(),
              event,
              HttpReceiver.TIMEOUT,
              secrets,
              answered -> new SendAnswer.Accepted(Identity.key(message.dedupKey())));
      return keyIsWrong(answer)
          ? new SendAnswer.TryAgain(
              "PagerDuty does not take the routing key in " + secrets.places(), null)
          : answer;
    } catch (UnreadableSecretException unreadable) {
      return new SendAnswer.TryAgain(unreadable.getMessage(), null);
    }
  }

  /** A wrong key is answered with 400, as if the event were wrong; the operator mends it. */
  private static boolean keyIsWrong(SendAnswer answer) {
    return answer instanceof SendAnswer.Refused refused && refused.reason().contains("routing_key");
  }

  private static Map<String, Object> event(Message message, String routingKey) {
    Identity.Step step = Identity.step(message);
    Map<String, Object> event = new LinkedHashMap<>();
    event.put("routing_key", routingKey);
    event.put("event_action", step.name().toLowerCase(Locale.ROOT));
    event.put("dedup_key", Identity.key(message.dedupKey()));
    if (step == Identity.Step.TRIGGER) {
      event.put("client", "Tocsin");
      if (message.link() != null) {
        event.put("client_url", message.link());
        event.put("links", List.of(Map.of("href", message.link(), "text", "Incident in Tocsin")));
      }
      event.put("payload", payload(message));
    }
    return event;
  }

  private static Map<String, Object> payload(Message message) {
    Notification notification = message.notification();
    Map<String, Object> payload = new LinkedHashMap<>();
    payload.put("summary", BoundedText.cut(message.title(), SUMMARY));
    payload.put("severity", severity(notification.getPriority()));
    payload.put("timestamp", notification.getEventAt().toString());
    payload.put(
        "source",
        field(
            message.incident().map(Incident::getResourceId).orElse(notification.getIncidentId())));
    message
        .incident()
        .ifPresent(
            incident -> {
              payload.put("component", field(incident.getResourceId()));
              payload.put("class", field(incident.getRule()));
              if (incident.getService() != null) {
                payload.put("group", field(incident.getService()));
              }
            });
    payload.put("custom_details", details(message));
    return payload;
  }

  private static Map<String, Object> details(Message message) {
    Notification notification = message.notification();
    Map<String, Object> details = new LinkedHashMap<>();
    details.put("priority", notification.getPriority().name());
    details.put("kind", notification.getKind().name());
    details.put("reason", PlainText.head(notification.getReason(), SUMMARY));
    if (message.remaining() != null) {
      details.put("seconds_to_deadline", message.remaining().toSeconds());
    }
    details.put("message", message.body());
    return details;
  }

  private static String field(String text) {
    String field = PlainText.head(text, FIELD);
    return field.isEmpty() ? "unknown" : field;
  }

  private static String severity(Priority priority) {
    return switch (priority) {
      case P0 -> "critical";
      case P1 -> "error";
      case P2 -> "warning";
      case P3 -> "info";
    };
  }
}
