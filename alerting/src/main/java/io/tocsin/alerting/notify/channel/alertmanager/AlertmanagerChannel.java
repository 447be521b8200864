package io.tocsin.alerting.notify.channel.alertmanager;

import io.tocsin.alerting.notify.channel.Channel;
import io.tocsin.alerting.notify.channel.ChannelContext;
import io.tocsin.alerting.notify.channel.HttpReceiver;
import io.tocsin.alerting.notify.channel.Message;
import io.tocsin.alerting.notify.channel.Secrets;
import io.tocsin.alerting.notify.channel.SendAnswer;
import io.tocsin.alerting.notify.channel.UnreadableSecretException;
import io.tocsin.schemas.Incident;
import io.tocsin.schemas.NotificationKind;
import io.tocsin.schemas.Priority;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Hands incidents over as alerts. An alert fires until {@code endsAfter} has passed since it was
 * last sent, so that a notifier that is away for a while ends nothing, and ends when the incident
 * does.
 *
 * <p>An alert is known by its labels there. Where an incident's change (another priority, another
 * cause), the alert under the old ones is ended; they are remembered while the program runs, and
 * what a stop has made it forget is ended with the incident, as far as only the priority changed.
 */
final class AlertmanagerChannel implements Channel {

  private static final int REMEMBERED = 1_000;

  private final AlertmanagerSpec spec;
  private final HttpReceiver receiver;
  private final Duration timeout;
  private final Map<String, Map<String, String>> sent = new LinkedHashMap<>();

  AlertmanagerChannel(AlertmanagerSpec spec, ChannelContext context) {
    this.spec = spec;
    this.receiver = new HttpReceiver("Alertmanager", context.http());
    this.timeout = HttpReceiver.TIMEOUT.dividedBy(spec.urls().size());
  }

  /** Prometheus repeats as often by default. */
  @Override
  public Optional<Duration> repeatEvery() {
    return Optional.of(Duration.ofMinutes(1));
  }

  /** One member that takes it is enough: they tell each other. */
  @Override
  public SendAnswer send(Message message) throws InterruptedException {
    Secrets secrets = new Secrets();
    Map<String, String> headers;
    try {
      headers =
          spec.token() == null
              ? Map.of()
              : Map.of("Authorization", "Bearer " + secrets.read(spec.token()));
    } catch (UnreadableSecretException unreadable) {
      return new SendAnswer.TryAgain(unreadable.getMessage(), null);
    }
    Map<String, String> labels = AlertLabels.of(message);
    byte[] body = HttpReceiver.json(alerts(message, labels));
    SendAnswer best = null;
    for (URI url : spec.urls()) {
      SendAnswer answer =
          receiver.post(
              URI.create(url + "/api/v2/alerts"),
              headers,
              body,
              timeout,
              secrets,
              answered -> new SendAnswer.Accepted(null));
      best = better(best, answer);
    }
    if (best instanceof SendAnswer.Accepted) {
      remember(message, labels);
    }
    return best;
  }

  private static SendAnswer better(SendAnswer one, SendAnswer other) {
    if (one == null || other instanceof SendAnswer.Accepted) {
      return other;
    }
    return one instanceof SendAnswer.Refused && other instanceof SendAnswer.TryAgain ? other : one;
  }

  private void remember(Message message, Map<String, String> labels) {
    sent.remove(message.dedupKey());
    if (message.notification().getKind() != NotificationKind.RESOLVED) {
      sent.put(message.dedupKey(), labels);
      if (sent.size() > REMEMBERED) {
        sent.remove(sent.keySet().iterator().next());
      }
    }
  }

  private List<Map<String, Object>> alerts(Message message, Map<String, String> labels) {
    boolean isOver = message.notification().getKind() == NotificationKind.RESOLVED;
    Set<Map<String, String>> ended = new LinkedHashSet<>();
    Optional.ofNullable(sent.get(message.dedupKey())).ifPresent(ended::add);
    ended.remove(labels);
    if (isOver) {
      for (Priority priority : Priority.values()) {
        ended.add(AlertLabels.at(priority, labels));
      }
      ended.remove(labels);
    }
    List<Map<String, Object>> alerts = new ArrayList<>();
    Instant end = isOver ? message.at() : message.at().plus(spec.endsAfter());
    alerts.add(alert(message, labels, end));
    ended.forEach(old -> alerts.add(alert(message, old, message.at())));
    return alerts;
  }

  private static Map<String, Object> alert(
      Message message, Map<String, String> labels, Instant end) {
    Instant began =
        message.incident().map(Incident::getStartedAt).orElse(message.notification().getEventAt());
    Map<String, Object> alert = new LinkedHashMap<>();
    alert.put("labels", labels);
    alert.put("annotations", Map.of("summary", message.title(), "description", message.body()));
    // It refuses an alert that ends before it begins; a source's clock may be ahead of ours.
    alert.put("startsAt", (began.isAfter(end) ? end : began).toString());
    alert.put("endsAt", end.toString());
    if (message.link() != null) {
      alert.put("generatorURL", message.link());
    }
    return alert;
  }
}
