package io.tocsin.collectors.app.scrape;

import io.tocsin.collectors.Problem;
import io.tocsin.collectors.Problem.Reason;
import java.net.ConnectException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Locale;
import javax.net.ssl.SSLException;

/** What a failed exchange is called. */
final class ScrapeFailure {

  private static final int LONGEST = 200;

  private ScrapeFailure() {}

  static Problem problem(String where, Throwable failure) {
    String said = said(failure);
    String lower = said.toLowerCase(Locale.ROOT);
    for (Throwable at = failure; at != null; at = at.getCause()) {
      if (at instanceof UnresolvedAddressException) {
        return new Problem(Reason.MISSING, where, "the host's name cannot be resolved");
      }
    }
    if (failure instanceof SSLException) {
      return new Problem(Reason.REFUSED, where, "TLS failed: " + said);
    }
    if (failure instanceof ConnectException) {
      return new Problem(Reason.MISSING, where, "nothing listens there: " + said);
    }
    // The last is what the client says of a body shorter than its Content-Length.
    if (lower.contains("eof")
        || lower.contains("closed")
        || lower.contains("reset")
        || lower.contains("bytes received")) {
      return new Problem(
          Reason.TRUNCATED, where, "the connection was closed before the answer was complete");
    }
    return new Problem(Reason.UNREADABLE, where, "no usable answer: " + said);
  }

  /** Some of it may be the target's own words. */
  private static String said(Throwable failure) {
    String message = failure.getMessage();
    String said = message == null ? failure.getClass().getSimpleName() : message;
    String shown = said.replaceAll("\\p{Cntrl}", " ");
    return shown.substring(0, Math.min(LONGEST, shown.length()));
  }
}
