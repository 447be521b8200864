package io.tocsin.alerting.notify.channel.opsgenie;

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
import io.tocsin.alerting.outbound.OutboundHttp.Answer;
import io.tocsin.schemas.Priority;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Creates, acknowledges and closes alerts of the Alert API v2 under the incident's id as alias. Its
 * limits: a message of 130 characters, a description of 15,000. It answers 202 before it has looked
 * at what it was sent.
 */
final class OpsgenieChannel implements Channel {

  private static final int MESSAGE = 130;
  private static final int DESCRIPTION = 15_000;
  private static final int DETAIL = 500;

  private final OpsgenieSpec spec;
  private final HttpReceiver receiver;

  OpsgenieChannel(OpsgenieSpec spec, ChannelContext context) {
    this.spec = spec;
    this.receiver = new HttpReceiver("Opsgenie", context.http());
  }

  @Override
  public SendAnswer send(Message message) throws InterruptedException {
    Secrets secrets = new Secrets();
    try {
      String key = secrets.read(spec.apiKey());
      String alias = Identity.key(message.dedupKey());
      Identity.Step step = Identity.step(message);
      return receiver.post(
          URI.create(spec.url() + path(step, alias)),
          Map.of("Authorization", "GenieKey " + key),
          HttpReceiver.json(step == Identity.Step.TRIGGER ? alert(message, alias) : note(message)),
          HttpReceiver.TIMEOUT,
          secrets,
          OpsgenieChannel::accepted);
    } catch (UnreadableSecretException unreadable) {
      return new SendAnswer.TryAgain(unreadable.getMessage(), null);
    }
  }

  private static SendAnswer accepted(Answer.Answered answered) {
    String id = HttpReceiver.read(answered.body()).path("requestId").asText("");
    return new SendAnswer.Accepted(id.isEmpty() ? null : PlainText.head(id, 100));
  }

  private static String path(Identity.Step step, String alias) {
    return switch (step) {
      case TRIGGER -> "/v2/alerts";
      case ACKNOWLEDGE -> "/v2/alerts/" + alias + "/acknowledge?identifierType=alias";
      case RESOLVE -> "/v2/alerts/" + alias + "/close?identifierType=alias";
    };
  }

  private Map<String, Object> alert(Message message, String alias) {
    Map<String, Object> alert = new LinkedHashMap<>();
    alert.put("message", BoundedText.cut(plain(message.title()), MESSAGE));
    alert.put("alias", alias);
    alert.put("description", BoundedText.cut(plain(message.body()), DESCRIPTION));
    alert.put("priority", priority(message.notification().getPriority()));
    alert.put("source", "Tocsin");
    if (spec.team() != null) {
      alert.put("responders", List.of(Map.of("type", "team", "name", spec.team())));
    }
    Map<String, String> details = new LinkedHashMap<>();
    details.put("kind", message.notification().getKind().name());
    details.put("priority", message.notification().getPriority().name());
    message
        .incident()
        .ifPresent(
            incident -> {
              alert.put("entity", plain(PlainText.head(incident.getResourceId(), DETAIL)));
              details.put("rule", plain(PlainText.head(incident.getRule(), DETAIL)));
            });
    if (message.link() != null) {
      details.put("link", message.link());
    }
    alert.put("details", details);
    return alert;
  }

  private static Map<String, Object> note(Message message) {
    return Map.of("source", "Tocsin", "note", BoundedText.cut(plain(message.body()), DESCRIPTION));
  }

  /** No tag can be made of it, and a text message reads well, which one with escapes does not. */
  private static String plain(String text) {
    return text.replace('<', '‹').replace('>', '›');
  }

  /** Its five levels begin at P1. */
  private static String priority(Priority priority) {
    return switch (priority) {
      case P0 -> "P1";
      case P1 -> "P2";
      case P2 -> "P3";
      case P3 -> "P4";
    };
  }
}
