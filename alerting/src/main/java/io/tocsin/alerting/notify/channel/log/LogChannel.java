package io.tocsin.alerting.notify.channel.log;

import io.tocsin.alerting.healing.execute.PlainText;
import io.tocsin.alerting.notify.channel.Channel;
import io.tocsin.alerting.notify.channel.Message;
import io.tocsin.alerting.notify.channel.SendAnswer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Writes a message as one line of the log. */
final class LogChannel implements Channel {

  private static final Logger LOG = LoggerFactory.getLogger("io.tocsin.notification");
  private static final int BODY = 2_000;

  private final Level level;

  LogChannel(LogSpec spec) {
    this.level = Level.valueOf(spec.level().name());
  }

  @Override
  public SendAnswer send(Message message) {
    LOG.atLevel(level)
        .log(
            "{} | incident {} | {}",
            PlainText.head(message.title(), BODY),
            PlainText.head(message.dedupKey(), 200),
            PlainText.head(message.body(), BODY));
    return new SendAnswer.Accepted(null);
  }
}
