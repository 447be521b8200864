package io.tocsin.alerting.notify.channel.slack;

import com.fasterxml.jackson.databind.JsonNode;
import io.tocsin.alerting.healing.execute.PlainText;
import io.tocsin.alerting.notify.channel.BoundedText;
import io.tocsin.alerting.notify.channel.Channel;
import io.tocsin.alerting.notify.channel.ChannelContext;
import io.tocsin.alerting.notify.channel.Checks;
import io.tocsin.alerting.notify.channel.HttpReceiver;
import io.tocsin.alerting.notify.channel.Identity;
import io.tocsin.alerting.notify.channel.Message;
import io.tocsin.alerting.notify.channel.Secrets;
import io.tocsin.alerting.notify.channel.SendAnswer;
import io.tocsin.alerting.notify.channel.UnreadableSecretException;
import io.tocsin.alerting.outbound.OutboundHttp.Answer;
import io.tocsin.schemas.NotificationKind;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Posts messages to a channel. A bot puts what follows about an incident into a thread under its
 * first message, and what is worse or over into the channel too; which message that was is
 * forgotten when the program stops. Slack itself knows no keys: a message that is sent twice is
 * there twice, with the same incident at its foot.
 *
 * <p>Limits: 3,000 characters in a section. Text is {@code verbatim}, so that Slack makes no links
 * or mentions of it by itself.
 */
final class SlackChannel implements Channel {

  private static final int SECTION = 3_000;
  private static final int TITLE = 2_000;
  private static final int THREADS = 1_000;

  /** Errors that pass by themselves. */
  private static final Set<String> PASSING =
      Set.of(
          "ratelimited",
          "rate_limited",
          "message_limit_exceeded",
          "internal_error",
          "fatal_error",
          "service_unavailable",
          "request_timeout",
          "team_added_to_org");

  /** Errors of the token, which the operator mends. */
  private static final Set<String> TOKEN =
      Set.of(
          "invalid_auth",
          "not_authed",
          "account_inactive",
          "token_revoked",
          "token_expired",
          "missing_scope",
          "no_permission",
          "org_login_required",
          "access_denied");

  private final SlackSpec spec;
  private final HttpReceiver receiver;
  private final Map<String, String> threads = new LinkedHashMap<>();

  SlackChannel(SlackSpec spec, ChannelContext context) {
    this.spec = spec;
    this.receiver = new HttpReceiver("Slack", context.http());
  }

  @Override
  public SendAnswer send(Message message) throws InterruptedException {
    Secrets secrets = new Secrets();
    try {
      return spec.webhook() == null ? asBot(message, secrets) : byWebhook(message, secrets);
    } catch (UnreadableSecretException unreadable) {
      return new SendAnswer.TryAgain(unreadable.getMessage(), null);
    }
  }

  private SendAnswer byWebhook(Message message, Secrets secrets)
      throws UnreadableSecretException, InterruptedException {
    String address = secrets.read(spec.webhook());
    URI uri;
    try {
      uri = Checks.web("webhook", URI.create(address));
    } catch (IllegalArgumentException noAddress) {
      return new SendAnswer.TryAgain(
          "what stands in " + spec.webhook() + " is not the address of a webhook", null);
    }
    return receiver.post(
        uri,
        Map.of(),
        HttpReceiver.json(payload(message)),
        HttpReceiver.TIMEOUT,
        secrets,
        answered -> new SendAnswer.Accepted(null));
  }

  private SendAnswer asBot(Message message, Secrets secrets)
      throws UnreadableSecretException, InterruptedException {
    Map<String, Object> payload = payload(message);
    payload.put("channel", spec.channel());
    String thread = threads.get(message.dedupKey());
    if (thread != null) {
      payload.put("thread_ts", thread);
      payload.put("reply_broadcast", isNews(message.notification().getKind()));
    }
    return receiver.post(
        URI.create(spec.url() + "/api/chat.postMessage"),
        Map.of("Authorization", "Bearer " + secrets.read(spec.token())),
        HttpReceiver.json(payload),
        HttpReceiver.TIMEOUT,
        secrets,
        answered -> accepted(answered, message, secrets));
  }

  private static boolean isNews(NotificationKind kind) {
    return kind != NotificationKind.REMINDER && kind != NotificationKind.SUMMARY;
  }

  /** The Web API answers 200 to everything and says in the body what came of it. */
  private SendAnswer accepted(Answer.Answered answered, Message message, Secrets secrets) {
    JsonNode said = HttpReceiver.read(answered.body());
    if (said.path("ok").asBoolean(false)) {
      String receipt = PlainText.head(said.path("ts").asText(""), 40);
      remember(message, receipt);
      return new SendAnswer.Accepted(receipt.isEmpty() ? null : receipt);
    }
    String error = said.path("error").asText("");
    if (error.isEmpty()) {
      return new SendAnswer.TryAgain(
          "Slack answers 200, but neither ok nor an error" + secrets.quote(answered.body()), null);
    }
    if (PASSING.contains(error)) {
      return new SendAnswer.TryAgain("Slack says " + error, answered.retryAfter());
    }
    if (TOKEN.contains(error)) {
      return new SendAnswer.TryAgain(
          "Slack says " + error + ": it does not take the token in " + secrets.places(), null);
    }
    return new SendAnswer.Refused("Slack says" + secrets.quote(error));
  }

  private void remember(Message message, String receipt) {
    if (message.notification().getKind() == NotificationKind.RESOLVED) {
      threads.remove(message.dedupKey());
    } else if (!receipt.isEmpty()) {
      threads.putIfAbsent(message.dedupKey(), receipt);
      if (threads.size() > THREADS) {
        threads.remove(threads.keySet().iterator().next());
      }
    }
  }

  private static Map<String, Object> payload(Message message) {
    Map<String, Object> payload = new LinkedHashMap<>();
    payload.put("text", BoundedText.cut(message.title(), TITLE));
    payload.put(
        "blocks",
        List.of(
            section(BoundedText.cut(message.title(), TITLE)),
            section(BoundedText.cut(message.body(), SECTION)),
            Map.of(
                "type",
                "context",
                "elements",
                List.of(
                    Map.of(
                        "type",
                        "plain_text",
                        "text",
                        "Tocsin, incident " + Identity.key(message.dedupKey()),
                        "emoji",
                        false)))));
    payload.put("unfurl_links", false);
    payload.put("unfurl_media", false);
    return payload;
  }

  private static Map<String, Object> section(String text) {
    return Map.of(
        "type",
        "section",
        "text",
        Map.of("type", "mrkdwn", "text", text.isEmpty() ? " " : text, "verbatim", true));
  }
}
