package io.tocsin.alerting.notify.channel.webhook;

import io.tocsin.alerting.healing.execute.PlainText;
import io.tocsin.alerting.notify.channel.Channel;
import io.tocsin.alerting.notify.channel.ChannelContext;
import io.tocsin.alerting.notify.channel.HttpReceiver;
import io.tocsin.alerting.notify.channel.Identity;
import io.tocsin.alerting.notify.channel.Message;
import io.tocsin.alerting.notify.channel.Secrets;
import io.tocsin.alerting.notify.channel.SendAnswer;
import io.tocsin.alerting.notify.channel.UnreadableSecretException;
import io.tocsin.alerting.outbound.HmacSignature;
import io.tocsin.schemas.Incident;
import io.tocsin.schemas.Notification;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Posts a message as JSON. The header {@code Idempotency-Key} is the notification's: a receiver
 * that has seen it may leave the call alone. All texts are plain lines of bounded length.
 */
final class WebhookChannel implements Channel {

  private static final int LINE = 1_000;
  private static final int LISTED = 50;

  private final WebhookSpec spec;
  private final HttpReceiver receiver;
  private final Clock clock;

  WebhookChannel(WebhookSpec spec, ChannelContext context) {
    this.spec = spec;
    this.receiver = new HttpReceiver("the webhook", context.http());
    this.clock = context.clock();
  }

  @Override
  public SendAnswer send(Message message) throws InterruptedException {
    Secrets secrets = new Secrets();
    try {
      byte[] body = HttpReceiver.json(payload(message));
      Map<String, String> headers = new LinkedHashMap<>();
      headers.put("Idempotency-Key", Identity.key(message.notification().getId()));
      if (spec.secret() != null) {
        String secret = secrets.read(spec.secret());
        headers.put(HmacSignature.HEADER, HmacSignature.sign(secret, clock.instant(), body));
      }
      if (spec.token() != null) {
        headers.put("Authorization", "Bearer " + secrets.read(spec.token()));
      }
      return receiver.post(
          spec.url(),
          headers,
          body,
          HttpReceiver.TIMEOUT,
          secrets,
          answered -> new SendAnswer.Accepted(null));
    } catch (UnreadableSecretException unreadable) {
      return new SendAnswer.TryAgain(unreadable.getMessage(), null);
    }
  }

  private static Map<String, Object> payload(Message message) {
    Notification notification = message.notification();
    Map<String, Object> payload = new LinkedHashMap<>();
    payload.put("version", 1);
    payload.put("id", line(notification.getId()));
    payload.put("dedupKey", Identity.key(message.dedupKey()));
    payload.put("kind", notification.getKind().name());
    payload.put("priority", notification.getPriority().name());
    payload.put("title", message.title());
    payload.put("body", message.body());
    payload.put("summary", line(notification.getSummary()));
    payload.put("reason", line(notification.getReason()));
    payload.put(
        "remainingSeconds", message.remaining() == null ? null : message.remaining().toSeconds());
    payload.put("link", message.link());
    payload.put("at", message.at().toString());
    payload.put("labels", labels(notification.getLabels()));
    payload.put("incident", message.incident().map(WebhookChannel::incident).orElse(null));
    return payload;
  }

  private static Map<String, Object> incident(Incident incident) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("id", line(incident.getId()));
    fields.put("state", incident.getState().name());
    fields.put("rule", line(incident.getRule()));
    fields.put("resource", line(incident.getResourceId()));
    fields.put("service", incident.getService() == null ? null : line(incident.getService()));
    fields.put("startedAt", incident.getStartedAt().toString());
    fields.put("version", incident.getVersion());
    fields.put("healAttempts", incident.getHealAttempts());
    fields.put("evidence", lines(incident.getEvidence()));
    fields.put("affected", lines(incident.getAffected()));
    return fields;
  }

  private static Map<String, String> labels(Map<String, String> labels) {
    Map<String, String> plain = new TreeMap<>();
    new TreeMap<>(labels)
        .entrySet().stream()
            .limit(LISTED)
            .forEach(label -> plain.put(line(label.getKey()), line(label.getValue())));
    return plain;
  }

  private static List<String> lines(List<String> texts) {
    return texts.stream().limit(LISTED).map(WebhookChannel::line).toList();
  }

  private static String line(String text) {
    return PlainText.head(text, LINE);
  }
}
