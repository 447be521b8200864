package io.tocsin.alerting.notify;

import io.tocsin.alerting.notify.channel.Channel;
import io.tocsin.alerting.notify.channel.ChannelContext;
import io.tocsin.alerting.notify.channel.SendAnswer;
import io.tocsin.alerting.notify.config.ChannelConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens channels. One that cannot be opened is away, and its P0s go another way. */
final class OpenChannel {

  private static final Logger LOG = LoggerFactory.getLogger(OpenChannel.class);

  private OpenChannel() {}

  static Channel of(ChannelConfig config, ChannelContext context) {
    try {
      return config.via().open(context);
    } catch (RuntimeException broken) {
      String reason = "the channel cannot be opened: " + broken.getClass().getName();
      LOG.error("channel {} of kind {}: {}", config.name(), config.via().kind(), reason);
      return message -> new SendAnswer.TryAgain(reason, null);
    }
  }
}
