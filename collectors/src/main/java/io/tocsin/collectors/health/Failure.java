package io.tocsin.collectors.health;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.SSLException;

/**
 * Tells an endpoint that is down from a measurement that failed on this side, by the words that the
 * operating system uses for the error.
 */
final class Failure {

  /** EMFILE and ENFILE, EADDRNOTAVAIL, ENETUNREACH, EPERM and EACCES, ENOBUFS, ENOMEM. */
  private static final List<String> OUR_OWN =
      List.of(
          "too many open files",
          "cannot assign requested address",
          "network is unreachable",
          "operation not permitted",
          "permission denied",
          "no buffer space available",
          "cannot allocate memory",
          "selector manager closed");

  private Failure() {}

  static Verdict verdict(Throwable failure, InetSocketAddress address) {
    String where = display(address);
    String said = said(failure);
    String lower = said.toLowerCase(Locale.ROOT);
    for (String ours : OUR_OWN) {
      if (lower.contains(ours)) {
        return Verdict.unknown("could not ask " + where + " from here: " + said);
      }
    }
    if (failure instanceof SSLException) {
      return Verdict.down("TLS with " + where + " failed: " + said);
    }
    if (lower.contains("connection refused")) {
      return Verdict.down("connection refused by " + where);
    }
    if (lower.contains("connection reset") || lower.contains("broken pipe")) {
      return Verdict.down("connection reset by " + where);
    }
    if (lower.contains("received no bytes") || lower.contains("eof reached")) {
      return Verdict.down("connection closed by " + where + " without a complete answer");
    }
    if (failure instanceof NoRouteToHostException || lower.contains("no route to host")) {
      return Verdict.down("no route to " + where);
    }
    if (failure instanceof ConnectException) {
      return Verdict.down("connection to " + where + " failed: " + said);
    }
    if (failure instanceof IOException) {
      return Verdict.down("no usable answer from " + where + ": " + said);
    }
    return Verdict.unknown("could not ask " + where + ": " + failure);
  }

  /** An address as people write it. */
  static String display(InetSocketAddress address) {
    String ip = address.getAddress().getHostAddress();
    return (ip.indexOf(':') >= 0 ? "[" + ip + "]" : ip) + ":" + address.getPort();
  }

  /** The messages of an error and its causes: the HTTP client wraps what the system said. */
  static String said(Throwable failure) {
    StringBuilder said = new StringBuilder();
    Throwable at = failure;
    for (int depth = 0; at != null && depth < 5; depth++, at = at.getCause()) {
      String message = at.getMessage() == null ? at.getClass().getSimpleName() : at.getMessage();
      if (said.indexOf(message) < 0) {
        said.append(said.isEmpty() ? "" : ": ").append(message);
      }
    }
    // Some of it may be the peer's own words.
    String shown = said.toString().replaceAll("\\p{Cntrl}", " ");
    return shown.substring(0, Math.min(200, shown.length()));
  }
}
