package io.tocsin.alerting.notify.channel.email;

import static io.tocsin.alerting.notify.NotifyExamples.NOW;
import static io.tocsin.alerting.notify.NotifyExamples.delivery;
import static io.tocsin.alerting.notify.NotifyExamples.incident;
import static io.tocsin.alerting.notify.NotifyExamples.notification;
import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.tocsin.alerting.notify.channel.Channel;
import io.tocsin.alerting.notify.channel.Message;
import io.tocsin.alerting.notify.channel.SendAnswer;
import io.tocsin.alerting.notify.config.ChannelConfig;
import io.tocsin.alerting.notify.render.MessageRenderer;
import io.tocsin.schemas.NotificationKind;
import io.tocsin.schemas.secret.SecretRef;
import jakarta.mail.internet.MimeMessage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The channel against a mail server that others have written. */
class GreenMailTest {

  @TempDir Path directory;

  private GreenMail mailServer;

  @AfterEach
  void stop() {
    mailServer.stop();
  }

  @Test
  void aMailArrives() throws Exception {
    start(ServerSetup.PROTOCOL_SMTP);
    EmailSpec spec = spec(EmailSpec.Security.NONE, null);

    SendAnswer answer = send(spec, Map.of());

    MimeMessage mail = mailServer.getReceivedMessages()[0];
    assertThat(answer).isEqualTo(new SendAnswer.Accepted(mail.getMessageID()));
    assertThat(mail.getSubject()).startsWith("[P1 PAGE] Tasks of host/web-1");
    assertThat(mail.getAllRecipients()).hasSize(2);
  }

  @Test
  void aMailArrivesOverTlsWithAPassword() throws Exception {
    start(ServerSetup.PROTOCOL_SMTPS);
    mailServer.setUser("tocsin", "right");
    Path password = directory.resolve("password");
    Files.writeString(password, "right\n");
    EmailSpec spec = spec(EmailSpec.Security.TLS, SecretRef.in(password));
    Map<String, String> trusting =
        Map.of("ssl.trust", "127.0.0.1", "ssl.checkserveridentity", "false");

    assertThat(send(spec, trusting)).isInstanceOf(SendAnswer.Accepted.class);

    Files.writeString(password, "wrong\n");
    assertThat(send(spec, trusting))
        .isInstanceOf(SendAnswer.TryAgain.class)
        .asString()
        .contains("file " + password)
        .doesNotContain("wrong\"");
    assertThat(mailServer.getReceivedMessages()).hasSize(2);
  }

  @Test
  void aCertificateThatNobodyKnowsIsNotTrusted() throws Exception {
    start(ServerSetup.PROTOCOL_SMTPS);

    assertThat(send(spec(EmailSpec.Security.TLS, null), Map.of()))
        .isInstanceOf(SendAnswer.TryAgain.class);
    assertThat(mailServer.getReceivedMessages()).isEmpty();
  }

  private void start(String protocol) {
    ServerSetup setup = new ServerSetup(0, "127.0.0.1", protocol);
    setup.setServerStartupTimeout(30_000); // it gives itself 2 s, which a busy machine may miss
    mailServer = new GreenMail(setup);
    mailServer.start();
  }

  private EmailSpec spec(EmailSpec.Security security, SecretRef password) {
    int port =
        security == EmailSpec.Security.TLS
            ? mailServer.getSmtps().getPort()
            : mailServer.getSmtp().getPort();
    return new EmailSpec(
        "127.0.0.1",
        port,
        security,
        "tocsin@example.org",
        List.of("on-call@example.org", "Second <second@example.org>"),
        password == null ? null : "tocsin",
        password);
  }

  private static SendAnswer send(EmailSpec spec, Map<String, String> more) throws Exception {
    Message message =
        new MessageRenderer(ChannelConfig.of("ops", spec), null)
            .render(
                delivery(notification(NotificationKind.PAGE).build()),
                Optional.of(incident().build()),
                NOW);
    try (Channel channel =
        new EmailChannel(spec, EmailChannelTest.patiently(more), EmailChannelTest.IN_ALL)) {
      return channel.send(message);
    }
  }
}
