package io.tocsin.e2e;

import io.tocsin.alerting.notify.channel.Channel;
import io.tocsin.alerting.notify.channel.ChannelContext;
import io.tocsin.alerting.notify.channel.ChannelSpec;
import io.tocsin.alerting.notify.channel.Escaping;
import io.tocsin.alerting.notify.channel.Message;
import io.tocsin.alerting.notify.channel.SendAnswer;
import io.tocsin.alerting.notify.config.ChannelConfig;
import io.tocsin.alerting.notify.config.NotificationConfig;
import io.tocsin.alerting.notify.config.RouteConfig;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A channel to a {@link Receiver}: no more than what the notifier's own tests need. */
record LoopbackSpec(int port, String name) implements ChannelSpec {

  /** A channel that goes there; P0s that do not arrive go to another after a second. */
  static ChannelConfig channel(int port, String name, String fallback) {
    return new ChannelConfig(
        name,
        new LoopbackSpec(port, name),
        new ChannelConfig.Budget(10_000, null),
        fallback,
        Duration.ofSeconds(1),
        null,
        null,
        null);
  }

  /** A configuration in which all go to the first channel, and to others by label. */
  static NotificationConfig config(List<ChannelConfig> channels, RouteConfig... branches) {
    RouteConfig root =
        new RouteConfig(null, List.of(channels.get(0).name()), null, null, List.of(branches));
    return new NotificationConfig(null, channels, root, null, null, null, null);
  }

  static RouteConfig branch(String label, String value, String channel) {
    return new RouteConfig(Map.of("label." + label, value), List.of(channel), null, null, null);
  }

  @Override
  public String kind() {
    return "loopback";
  }

  @Override
  public Escaping escaping() {
    return Escaping.NONE;
  }

  @Override
  public Channel open(ChannelContext context) {
    HttpClient http = HttpClient.newHttpClient();
    return message -> send(http, message);
  }

  private SendAnswer send(HttpClient http, Message message) throws InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/" + name))
            // Long, for what is only slow to be taken is sent twice if it is given up.
            .timeout(Duration.ofSeconds(10))
            .header("Key", message.dedupKey())
            .header("Notification", message.notification().getId())
            .header("Kind", message.notification().getKind().name())
            .POST(BodyPublishers.noBody())
            .build();
    try {
      HttpResponse<Void> answer = http.send(request, BodyHandlers.discarding());
      Duration after =
          answer
              .headers()
              .firstValue("Retry-After")
              .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)))
              .orElse(null);
      return answer.statusCode() == 200
          ? new SendAnswer.Accepted(null)
          : new SendAnswer.TryAgain("status " + answer.statusCode(), after);
    } catch (IOException away) {
      return new SendAnswer.TryAgain("does not answer: " + away.getClass().getSimpleName(), null);
    }
  }
}
