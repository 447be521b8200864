package io.tocsin.alerting.notify.channel.slack;

import io.tocsin.alerting.notify.channel.Channel;
import io.tocsin.alerting.notify.channel.ChannelContext;
import io.tocsin.alerting.notify.channel.ChannelSpec;
import io.tocsin.alerting.notify.channel.Checks;
import io.tocsin.alerting.notify.channel.Escaping;
import io.tocsin.schemas.secret.SecretRef;
import java.net.URI;

/**
 * A channel in Slack: either an incoming webhook, or a bot's token and a channel.
 *
 * @param webhook the address of the incoming webhook, which is a secret; null for a bot
 * @param token of the bot, with the scope {@code chat:write}; null for a webhook
 * @param channel id or name of the channel that the bot writes to
 * @param url before {@code /api/chat.postMessage}; default {@code https://slack.com}
 */
public record SlackSpec(SecretRef webhook, SecretRef token, String channel, URI url)
    implements ChannelSpec {

  private static final URI SLACK = URI.create("https://slack.com");

  /**
   * Fills in the default.
   *
   * @throws IllegalArgumentException naming the key that is wrong
   */
  public SlackSpec {
    Checks.require(
        (webhook == null) != (token == null), "write one of webhook, and token with channel");
    Checks.require(
        (token == null) == (channel == null), "token and channel belong together, as a bot writes");
    Checks.require(channel == null || !channel.isBlank(), "channel must not be empty");
    url = url == null ? SLACK : Checks.web("url", url);
  }

  @Override
  public String kind() {
    return "slack";
  }

  @Override
  public Escaping escaping() {
    return Escaping.SLACK;
  }

  @Override
  public Channel open(ChannelContext context) {
    return new SlackChannel(this, context);
  }
}
