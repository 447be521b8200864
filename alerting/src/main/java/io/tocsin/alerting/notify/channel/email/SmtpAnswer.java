package io.tocsin.alerting.notify.channel.email;

import io.tocsin.alerting.notify.channel.Secrets;
import io.tocsin.alerting.notify.channel.SendAnswer;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;

/**
 * What a mail server's refusal means, by its reply code (RFC 5321, 4.2.1): 4yz may work later, 5yz
 * will not. What has no code is a matter of the way there and may work later.
 */
final class SmtpAnswer {

  private static final int NONE = -1;

  private SmtpAnswer() {}

  static SendAnswer of(MessagingException failed, String messageId, Secrets secrets) {
    if (failed instanceof AuthenticationFailedException) {
      return new SendAnswer.TryAgain(
          "the mail server does not take the user name with the password in "
              + secrets.places()
              + secrets.quote(failed.getMessage()),
          null);
    }
    if (failed instanceof SendFailedException partly
        && partly.getValidSentAddresses() != null
        && partly.getValidSentAddresses().length > 0) {
      return new SendAnswer.Accepted(
          messageId
              + ", but not for "
              + failures(failed)
              + " of the receivers"
              + secrets.quote(said(failed)));
    }
    int code = code(failed);
    String reason = "the mail server does not take it" + secrets.quote(said(failed));
    return code / 100 == 5 ? new SendAnswer.Refused(reason) : new SendAnswer.TryAgain(reason, null);
  }

  /** The gravest code in the chain that may pass later decides: one mailbox may be full. */
  private static int code(MessagingException failed) {
    int found = NONE;
    for (Exception each = failed; each != null; each = next(each)) {
      int code = ownCode(each);
      if (code / 100 == 4) {
        return code;
      }
      found = Math.max(found, code);
    }
    return found;
  }

  private static int ownCode(Exception failed) {
    if (failed instanceof SMTPAddressFailedException address) {
      return address.getReturnCode();
    }
    if (failed instanceof SMTPSenderFailedException sender) {
      return sender.getReturnCode();
    }
    return failed instanceof SMTPSendFailedException sending ? sending.getReturnCode() : NONE;
  }

  private static int failures(MessagingException failed) {
    int failures = 0;
    for (Exception each = failed; each != null; each = next(each)) {
      failures += each instanceof SMTPAddressFailedException ? 1 : 0;
    }
    return failures;
  }

  private static String said(MessagingException failed) {
    String said = "";
    for (Exception each = failed; each != null; each = next(each)) {
      said = ownCode(each) == NONE && !said.isEmpty() ? said : String.valueOf(each.getMessage());
    }
    return said;
  }

  private static Exception next(Exception failed) {
    return failed instanceof MessagingException messaging ? messaging.getNextException() : null;
  }
}
