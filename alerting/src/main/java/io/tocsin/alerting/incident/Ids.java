package io.tocsin.alerting.incident;

import io.tocsin.alerting.rule.Rule;
import io.tocsin.alerting.rule.Signal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;

/**
 * Ids made from what they name, so that a replay makes the same ones: the first 80 bits of a
 * SHA-256, in hex.
 */
final class Ids {

  private static final int BYTES = 10;

  private Ids() {}

  static String incident(Rule rule, Signal signal, Instant startedAt) {
    return hash(
        rule.name(), signal.resourceId(), signal.aspect(), Long.toString(startedAt.toEpochMilli()));
  }

  static String plan(String incidentId, int attempt) {
    return hash(incidentId, Integer.toString(attempt));
  }

  private static String hash(String... parts) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (String part : parts) {
        byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
        // The length first: ("ab", "c") and ("a", "bc") must not be the same.
        digest.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
        digest.update(bytes);
      }
      return HexFormat.of().formatHex(digest.digest(), 0, BYTES);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
  }
}
