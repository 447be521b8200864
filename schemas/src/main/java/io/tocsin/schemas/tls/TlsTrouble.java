package io.tocsin.schemas.tls;

import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLException;

/**
 * What went wrong between two ends of a connection, in words for people. Java tells it by messages
 * of its own alone, "PKIX path building failed" and the like; they are looked for here and nowhere
 * else.
 */
public final class TlsTrouble {

  private static final int LONGEST = 300;

  private TlsTrouble() {}

  /**
   * What was wrong and what to do, to stand after a name of the other end and a colon; empty if it
   * has nothing to do with TLS.
   */
  public static Optional<String> of(Throwable thrown) {
    int deep = 0;
    Optional<String> found = Optional.empty();
    for (Throwable each = thrown; each != null && deep < 20; each = each.getCause(), deep++) {
      Optional<String> said = one(each);
      if (said.isPresent()) {
        found = said; // the innermost knows best
      }
    }
    return found;
  }

  /** What was wrong with TLS, or else what the error says itself. */
  public static String in(Throwable thrown) {
    return of(thrown).orElse(thrown.getMessage());
  }

  private static Optional<String> one(Throwable thrown) {
    String message = firstLine(thrown);
    String small = message.toLowerCase(Locale.ROOT);
    if (thrown instanceof CertificateExpiredException) {
      return Optional.of("its certificate has expired (" + message + "); renew it there");
    }
    if (thrown instanceof CertificateNotYetValidException) {
      return Optional.of(
          "its certificate is not valid yet (" + message + "); are both clocks right?");
    }
    if (small.contains("pkix path building failed")
        || small.contains("unable to find valid certification path")
        || small.contains("no trusted certificate found")) {
      return Optional.of(
          "its certificate is of an authority that is not believed here; name the PEM file of the"
              + " right authority as ca, if this is the right server");
    }
    if (small.contains("no subject alternative")
        || small.contains("no name matching")
        || small.matches("hostname .* not verified:?")) {
      return Optional.of(
          "its certificate is for another host name ("
              + message
              + "); use a name that the certificate has, or have it made for this one");
    }
    if (thrown instanceof SSLException) {
      return Optional.of(handshake(small, message));
    }
    if (small.contains("parser received no bytes")
        || small.contains("invalid status line")
        || small.contains("unexpected end of stream")
        || small.contains("unexpected end of file from server")) {
      return Optional.of(
          "it does not speak HTTP without TLS, or hung up; is its address https there?");
    }
    return Optional.empty();
  }

  /** Further lines tell what a stranger's certificate says. */
  private static String firstLine(Throwable thrown) {
    String line = String.valueOf(thrown.getMessage()).lines().findFirst().orElse("");
    String plain = line.replaceAll("\\p{Cntrl}+", " ");
    return plain.length() <= LONGEST ? plain : plain.substring(0, LONGEST) + "...";
  }

  private static String handshake(String small, String message) {
    if (small.contains("unsupported or unrecognized ssl message")
        || small.contains("plaintext connection")
        || small.contains("not an ssl/tls record")) {
      return "it answers without TLS; is this the right port, and is it https or TLS there?";
    }
    if (small.contains("certificate_required") || small.contains("bad_certificate")) {
      return "it wants a certificate of ours, and none was shown, or one that it does not take ("
          + message
          + "); name certificate and key of an authority that it believes";
    }
    if (small.contains("unknown_ca") || small.contains("certificate_unknown")) {
      return "it does not take our certificate: it is of an authority not believed there, or has"
          + " expired ("
          + message
          + ")";
    }
    if (small.contains("certificate_expired")) {
      return "it does not take our certificate, which has expired; renew it";
    }
    if (small.contains("protocol_version") || small.contains("handshake_failure")) {
      return "both ends have no version of TLS or cipher in common (" + message + ")";
    }
    return "no TLS with it: " + message;
  }
}
