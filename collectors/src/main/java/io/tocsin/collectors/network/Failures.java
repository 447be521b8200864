package io.tocsin.collectors.network;

import java.io.EOFException;
import java.io.IOException;
import java.net.NoRouteToHostException;
import java.net.PortUnreachableException;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedByInterruptException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/**
 * Tells a path that is down from a probe that could not be made from here, by the words that the
 * operating system uses for the error.
 */
final class Failures {

  /** EMFILE and ENFILE, EADDRNOTAVAIL, ENETUNREACH, EPERM and EACCES, ENOBUFS, ENOMEM. */
  private static final List<String> OUR_OWN =
      List.of(
          "too many open files",
          "cannot assign requested address",
          "network is unreachable",
          "operation not permitted",
          "permission denied",
          "no buffer space available",
          "cannot allocate memory");

  private Failures() {}

  /**
   * The verdict.
   *
   * @param where the address, as people write it
   * @throws InterruptedException if the failure is that the agent gave up on this pass
   */
  static Outcome outcome(Exception failure, String where) throws InterruptedException {
    if (failure instanceof ClosedByInterruptException || Thread.interrupted()) {
      throw new InterruptedException("interrupted while probing " + where);
    }
    String said = said(failure);
    String lower = said.toLowerCase(Locale.ROOT);
    for (String ours : OUR_OWN) {
      if (lower.contains(ours)) {
        return Outcome.unknown("could not ask " + where + " from here: " + said);
      }
    }
    if (failure instanceof SocketTimeoutException || failure instanceof TimeoutException) {
      return Outcome.down("no answer from " + where + " in time");
    }
    if (failure instanceof SSLException) {
      return Outcome.down("TLS with " + where + " failed: " + said);
    }
    if (failure instanceof EOFException) {
      return Outcome.down("connection closed by " + where + " without a complete answer");
    }
    if (failure instanceof PortUnreachableException) {
      return Outcome.down("nobody listens at " + where + ": port unreachable");
    }
    if (lower.contains("connection refused")) {
      return Outcome.down("connection refused by " + where);
    }
    if (lower.contains("connection reset") || lower.contains("broken pipe")) {
      return Outcome.down("connection reset by " + where);
    }
    if (failure instanceof NoRouteToHostException || lower.contains("no route to host")) {
      return Outcome.down("no route to " + where);
    }
    if (failure instanceof IOException) {
      return Outcome.down("no usable answer from " + where + ": " + said);
    }
    return Outcome.unknown("could not ask " + where + ": " + failure);
  }

  /** The messages of an error and its causes, for people. */
  static String said(Throwable failure) {
    StringBuilder said = new StringBuilder();
    Throwable at = failure;
    for (int depth = 0; at != null && depth < 5; depth++, at = at.getCause()) {
      String message = at.getMessage() == null ? at.getClass().getSimpleName() : at.getMessage();
      if (said.indexOf(message) < 0) {
        said.append(said.isEmpty() ? "" : ": ").append(message);
      }
    }
    return said.toString();
  }
}
