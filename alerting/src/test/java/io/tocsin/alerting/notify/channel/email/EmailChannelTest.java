package io.tocsin.alerting.notify.channel.email;

import static io.tocsin.alerting.notify.NotifyExamples.incident;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tocsin.alerting.notify.channel.Channel;
import io.tocsin.alerting.notify.channel.ChannelContract;
import io.tocsin.alerting.notify.channel.ChannelSpec;
import io.tocsin.alerting.notify.channel.FakeReceiver;
import io.tocsin.alerting.notify.channel.SendAnswer;
import io.tocsin.schemas.NotificationKind;
import io.tocsin.schemas.secret.SecretRef;
import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EmailChannelTest extends ChannelContract {

  /** For each step; on a busy machine what is well may be slow. */
  private static final Map<String, String> PATIENT =
      Map.of("connectiontimeout", "30000", "timeout", "30000", "writetimeout", "30000");

  /** For all steps. */
  static final Duration IN_ALL = Duration.ofSeconds(60);

  /** The fake has no certificate; a spec with a password would insist on one. */
  private static final Map<String, String> WITHOUT_TLS =
      Map.of("starttls.enable", "false", "starttls.required", "false");

  static Map<String, String> patiently(Map<String, String> settings) {
    Map<String, String> all = new HashMap<>(PATIENT);
    all.putAll(settings);
    return all;
  }

  private SmtpFake fake;
  private List<String> to = List.of("on-call@example.org");

  @Override
  protected FakeReceiver start() {
    fake = new SmtpFake();
    return fake;
  }

  @Override
  protected ChannelSpec spec(SecretRef key) {
    return new EmailSpec(
        "127.0.0.1", receiver.port(), null, "Tocsin <tocsin@example.org>", to, "tocsin", key);
  }

  @Override
  protected Channel open(ChannelSpec spec) {
    return new EmailChannel((EmailSpec) spec, patiently(WITHOUT_TLS), IN_ALL);
  }

  @Override
  protected Channel openHasty(ChannelSpec spec) {
    return new EmailChannel((EmailSpec) spec, WITHOUT_TLS, Duration.ofMillis(500));
  }

  /** Mail servers do not say when. */
  @Override
  protected Duration asksFor() {
    return null;
  }

  @Override
  protected String dedupKey(String received) {
    return header(received, "References");
  }

  @Override
  protected boolean closes(String received) {
    return header(received, "X-Tocsin-Kind").equals("RESOLVED");
  }

  @Override
  protected List<String> texts(String received) throws IOException {
    try {
      MimeMessage mail = mail(received);
      MimeMultipart parts = (MimeMultipart) mail.getContent();
      return List.of(
          mail.getSubject(),
          parts.getBodyPart(0).getContent().toString().replace("\r\n", "\n"),
          parts.getBodyPart(1).getContent().toString().replace("\r\n", "\n"));
    } catch (MessagingException broken) {
      throw new IOException(broken);
    }
  }

  @Override
  protected void assertIsTextThere(List<String> texts) {
    assertThat(texts.get(1)).contains("<img src=x onerror=alert(1)>");
    assertThat(texts.get(2)).contains("&lt;img src=x onerror=alert(1)&gt;").doesNotContain("<img");
  }

  @Override
  protected String shown(String received) {
    return received.replaceAll("----=_Part_[0-9._]+", "----=_Part_0").replace("\r\n", "\n");
  }

  @Test
  void headersCannotBeInjected() throws Exception {
    try (Channel channel = open(spec(reference()))) {
      channel.send(message(NotificationKind.PAGE, incident().setSummary(HOSTILE).build(), HOSTILE));
    }

    MimeMessage mail = mail(fake.received().get(0));
    assertThat(mail.getHeader("Bcc")).isNull();
    assertThat(Collections.list(mail.getAllHeaderLines()))
        .hasSize(13)
        .noneMatch(line -> line.startsWith("Bcc"));
    assertThat(mail.getAllRecipients()).hasSize(1);
  }

  @Test
  void mailsOfAnIncidentAreAThreadAndARepeatedOneHasTheSameId() throws Exception {
    sent(NotificationKind.PAGE);
    sent(NotificationKind.PAGE);
    sent(NotificationKind.RESOLVED);

    List<String> mails = fake.received();
    assertThat(header(mails.get(0), "Message-ID"))
        .matches("<tocsin\\.[0-9a-f]{32}@example\\.org>")
        .isEqualTo(header(mails.get(1), "Message-ID"))
        .isNotEqualTo(header(mails.get(2), "Message-ID"));
    assertThat(mails)
        .extracting(mail -> header(mail, "In-Reply-To") + header(mail, "References"))
        .containsOnly(header(mails.get(0), "References").repeat(2));
    assertThat(header(mails.get(0), "Auto-Submitted")).isEqualTo("auto-generated");
    assertThat(header(mails.get(0), "Importance")).isEqualTo("high");
  }

  @Test
  void bothPartsSayTheSame() throws Exception {
    sent(NotificationKind.PAGE);

    MimeMessage mail = mail(fake.received().get(0));
    MimeMultipart parts = (MimeMultipart) mail.getContent();
    BodyPart text = parts.getBodyPart(0);
    BodyPart html = parts.getBodyPart(1);
    assertThat(mail.getSubject()).startsWith("[P1 PAGE]").contains("42 min left");
    assertThat(text.getContentType()).contains("text/plain");
    assertThat(text.getContent().toString()).contains("Resource: host/web-1");
    assertThat(html.getContentType()).contains("text/html");
    assertThat(html.getContent().toString())
        .contains("Resource: host/web-1")
        .contains("<a href=\"https://tocsin.example.org/#/incidents/inc-1\">");
  }

  @Test
  void aReceiverWhoDoesNotExistKeepsItFromNobodyElse() throws Exception {
    to = List.of("on-call@example.org", "gone@example.org");
    fake.refusesReceiver("gone");

    SendAnswer answer = sent(NotificationKind.PAGE);

    assertThat(answer).isInstanceOf(SendAnswer.Accepted.class);
    assertThat(((SendAnswer.Accepted) answer).receipt())
        .contains("but not for 1 of the receivers")
        .contains("550");
    assertThat(fake.received()).hasSize(1);
  }

  @Test
  void withoutTheTlsThatWasAskedForNothingIsSent() throws Exception {
    try (Channel channel = new EmailChannel((EmailSpec) spec(reference()), PATIENT, IN_ALL)) {
      assertThat(channel.send(message(NotificationKind.PAGE, incident().build(), "so")))
          .isInstanceOf(SendAnswer.TryAgain.class)
          .asString()
          .contains("STARTTLS");
    }
    assertThat(fake.received()).isEmpty();
  }

  @Test
  void aPasswordIsNotSentInTheClear() {
    assertThatThrownBy(
            () ->
                new EmailSpec(
                    "mail",
                    null,
                    EmailSpec.Security.NONE,
                    "a@example.org",
                    List.of("b@example.org"),
                    "me",
                    new SecretRef(null, "PASSWORD")))
        .hasMessageContaining("password");
  }

  private static MimeMessage mail(String received) throws MessagingException {
    return new MimeMessage(
        null, new ByteArrayInputStream(received.getBytes(StandardCharsets.UTF_8)));
  }

  private static String header(String received, String name) {
    try {
      String[] values = mail(received).getHeader(name);
      return values == null ? "" : values[0];
    } catch (MessagingException broken) {
      throw new AssertionError(broken);
    }
  }
}
