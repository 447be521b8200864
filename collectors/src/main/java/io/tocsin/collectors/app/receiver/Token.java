package io.tocsin.collectors.app.receiver;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * The token that senders must present: as {@code Bearer}, as InfluxDB's {@code Token}, or as the
 * password of {@code Basic}, which is what clients of InfluxDB 1 can send. Compared by digest, so
 * that neither content nor length shows in the time it takes.
 */
final class Token {

  private final byte[] digest;

  Token(String token) {
    digest = digest(token);
  }

  /** Whether a value of the Authorization header presents it; the header may be missing. */
  boolean isPresentedBy(String header) {
    int blank = header == null ? -1 : header.indexOf(' ');
    if (blank < 0) {
      return false;
    }
    String given = header.substring(blank + 1).strip();
    String scheme = header.substring(0, blank);
    if (scheme.equalsIgnoreCase("Basic")) {
      given = password(given);
    } else if (!scheme.equalsIgnoreCase("Bearer") && !scheme.equalsIgnoreCase("Token")) {
      return false;
    }
    return MessageDigest.isEqual(digest, digest(given));
  }

  private static String password(String encoded) {
    try {
      String pair = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
      return pair.substring(pair.indexOf(':') + 1);
    } catch (IllegalArgumentException e) {
      return "";
    }
  }

  private static byte[] digest(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
