package io.tocsin.alerting.notify.channel.email;

import io.tocsin.alerting.notify.channel.Channel;
import io.tocsin.alerting.notify.channel.Message;
import io.tocsin.alerting.notify.channel.Secrets;
import io.tocsin.alerting.notify.channel.SendAnswer;
import io.tocsin.alerting.notify.channel.UnreadableSecretException;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends mails, each over a connection of its own. Where the server takes a mail for some receivers
 * only, it is accepted and the receipt says so: sending it again would give it to the others twice.
 */
final class EmailChannel implements Channel {

  private static final Logger LOG = LoggerFactory.getLogger(EmailChannel.class);

  /** For all of it; below what a channel has. */
  private static final Duration IN_ALL = Duration.ofSeconds(12);

  /** For each step; a server that only drips is ended by the one above. */
  private static final String STEP_MS = "5000";

  private final EmailSpec spec;
  private final Duration inAll;
  private final Properties properties = new Properties();
  private final ExecutorService threads = Executors.newCachedThreadPool(EmailChannel::thread);

  EmailChannel(EmailSpec spec, Map<String, String> more) {
    this(spec, more, IN_ALL);
  }

  /**
   * A channel with other settings of the mail library, for tests.
   *
   * @param more settings of {@code mail.smtp}, without that prefix
   */
  EmailChannel(EmailSpec spec, Map<String, String> more, Duration inAll) {
    this.spec = spec;
    this.inAll = inAll;
    set("host", spec.host());
    set("port", spec.port().toString());
    set("connectiontimeout", STEP_MS);
    set("timeout", STEP_MS);
    set("writetimeout", STEP_MS);
    set("starttls.enable", Boolean.toString(spec.security() == EmailSpec.Security.STARTTLS));
    set("starttls.required", Boolean.toString(spec.security() == EmailSpec.Security.STARTTLS));
    set("ssl.enable", Boolean.toString(spec.security() == EmailSpec.Security.TLS));
    set("ssl.checkserveridentity", "true");
    set("auth", Boolean.toString(spec.username() != null));
    set("sendpartial", "true");
    set("quitwait", "false");
    more.forEach(this::set);
  }

  private void set(String key, String value) {
    properties.setProperty("mail.smtp." + key, value);
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "mail");
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public SendAnswer send(Message message) throws InterruptedException {
    Secrets secrets = new Secrets();
    String password;
    try {
      password = spec.password() == null ? null : secrets.read(spec.password());
    } catch (UnreadableSecretException unreadable) {
      return new SendAnswer.TryAgain(unreadable.getMessage(), null);
    }
    Future<SendAnswer> sending = threads.submit(() -> send(message, password, secrets));
    try {
      return sending.get(inAll.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException late) {
      return new SendAnswer.TryAgain(
          place() + " does not take a mail within " + inAll.toMillis() + " ms", null);
    } catch (ExecutionException broken) {
      return new SendAnswer.TryAgain(
          place() + ": " + broken.getCause().getClass().getSimpleName(), null);
    } finally {
      sending.cancel(true);
    }
  }

  private SendAnswer send(Message message, String password, Secrets secrets) {
    Session session = Session.getInstance(properties);
    String id = null;
    Transport transport = null;
    try {
      transport = session.getTransport("smtp");
      Mail mail = Mail.of(session, spec, message);
      id = mail.id();
      transport.connect(spec.username(), password);
      transport.sendMessage(mail, mail.getAllRecipients());
      return new SendAnswer.Accepted(id);
    } catch (MessagingException failed) {
      return SmtpAnswer.of(failed, id, secrets);
    } finally {
      close(transport);
    }
  }

  /** The mail is accepted or not before this; a farewell that fails changes nothing. */
  private static void close(Transport transport) {
    if (transport != null) {
      try {
        transport.close();
      } catch (MessagingException broken) {
        LOG.debug("a mail server has gone before it was said goodbye to: {}", broken.toString());
      }
    }
  }

  private String place() {
    return spec.host() + ":" + spec.port();
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
