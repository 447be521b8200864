package io.tocsin.alerting.notify.channel.email;

import io.tocsin.alerting.healing.execute.PlainText;
import io.tocsin.alerting.notify.channel.BoundedText;
import io.tocsin.alerting.notify.channel.Identity;
import io.tocsin.alerting.notify.channel.Message;
import io.tocsin.schemas.Priority;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.util.Date;

/**
 * A message as a mail. All mails of an incident refer to one id, so that mail programs show them as
 * a thread; a notification that is sent twice has the same id both times, so that many show it
 * once.
 */
final class Mail extends MimeMessage {

  private static final String UTF8 = "UTF-8";

  /** Longer ones are cut by mail programs; ours. */
  private static final int SUBJECT = 250;

  private final String id;

  private Mail(Session session, String id) {
    super(session);
    this.id = id;
  }

  static Mail of(Session session, EmailSpec spec, Message message) throws MessagingException {
    InternetAddress from = new InternetAddress(spec.from(), true);
    String domain = from.getAddress().substring(from.getAddress().lastIndexOf('@') + 1);
    String root = "<tocsin." + Identity.hash(message.dedupKey()) + "@" + domain + ">";
    String own = "<tocsin." + Identity.hash(message.notification().getId()) + "@" + domain + ">";
    Mail mail = new Mail(session, own);
    mail.setFrom(from);
    for (String to : spec.to()) {
      mail.addRecipient(RecipientType.TO, new InternetAddress(to, true));
    }
    mail.setSubject(BoundedText.cut(PlainText.head(message.title(), SUBJECT), SUBJECT), UTF8);
    mail.setSentDate(Date.from(message.at()));
    mail.setHeader("In-Reply-To", root);
    mail.setHeader("References", root);
    // RFC 3834: nobody's holiday note answers it.
    mail.setHeader("Auto-Submitted", "auto-generated");
    mail.setHeader("X-Tocsin-Incident", Identity.key(message.dedupKey()));
    mail.setHeader("X-Tocsin-Kind", message.notification().getKind().name());
    if (message.notification().getPriority().compareTo(Priority.P1) <= 0) {
      mail.setHeader("Importance", "high");
    }
    MimeBodyPart text = new MimeBodyPart();
    text.setText(message.body(), UTF8, "plain");
    MimeBodyPart html = new MimeBodyPart();
    html.setText(HtmlPart.of(message), UTF8, "html");
    mail.setContent(new MimeMultipart("alternative", text, html));
    mail.saveChanges();
    return mail;
  }

  /** Ours rather than one made up for each sending. */
  @Override
  protected void updateMessageID() throws MessagingException {
    setHeader("Message-ID", id);
  }

  String id() {
    return id;
  }
}
