package io.tocsin.alerting.evaluate;

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

  /** The id of an episode. */
  static String episode(Subject subject, Instant since) {
    return hash(
        subject.rule(),
        subject.resourceId(),
        subject.series(),
        Long.toString(since.toEpochMilli()));
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
