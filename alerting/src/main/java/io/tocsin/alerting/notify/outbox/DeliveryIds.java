package io.tocsin.alerting.notify.outbox;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Ids made from what they name: the first 80 bits of a SHA-256, in hex. */
final class DeliveryIds {

  private static final int BYTES = 10;

  private DeliveryIds() {}

  /** Of one notification on its way through one channel. */
  static String of(String notificationId, String channel) {
    return HexFormat.of().formatHex(hash(notificationId, channel), 0, BYTES);
  }

  /** Of something else made of these parts. */
  static String of(String what, String channel, String detail) {
    return HexFormat.of().formatHex(hash(what, channel, detail), 0, BYTES);
  }

  /** A number from 0 to 1 that is as good as random, and always the same for the same parts. */
  static double fraction(String id, int number) {
    byte[] bytes = hash(id, Integer.toString(number));
    return ((bytes[0] & 0xff) << 8 | bytes[1] & 0xff) / 65_535.0;
  }

  private static byte[] hash(String... parts) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (String part : parts) {
        byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
        // The length first: ("ab", "c") and ("a", "bc") must not be the same.
        digest.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
        digest.update(bytes);
      }
      return digest.digest();
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
  }
}
