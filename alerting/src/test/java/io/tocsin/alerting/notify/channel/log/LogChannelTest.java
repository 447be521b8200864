package io.tocsin.alerting.notify.channel.log;

import static io.tocsin.alerting.notify.NotifyExamples.NOW;
import static io.tocsin.alerting.notify.NotifyExamples.notification;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.tocsin.alerting.notify.channel.Message;
import io.tocsin.alerting.notify.channel.SendAnswer;
import io.tocsin.schemas.NotificationKind;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class LogChannelTest {

  @Test
  void aMessageIsOneLine() {
    ListAppender<ILoggingEvent> lines = new ListAppender<>();
    lines.start();
    Logger log = (Logger) LoggerFactory.getLogger("io.tocsin.notification");
    log.addAppender(lines);
    try {
      SendAnswer answer =
          new LogChannel(new LogSpec(null))
              .send(
                  new Message(
                      "inc-1",
                      notification(NotificationKind.PAGE).build(),
                      Optional.empty(),
                      "a title",
                      "first\nERROR forged {}",
                      null,
                      null,
                      NOW));

      assertThat(answer).isInstanceOf(SendAnswer.Accepted.class);
      assertThat(lines.list)
          .extracting(ILoggingEvent::getFormattedMessage)
          .containsExactly("a title | incident inc-1 | first ERROR forged {}");
    } finally {
      log.detachAppender(lines);
    }
  }
}
