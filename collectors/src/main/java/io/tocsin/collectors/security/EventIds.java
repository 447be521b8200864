package io.tocsin.collectors.security;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Makes ids of events: the same parts always give the same id. */
final class EventIds {

  private static final int BYTES = 16;

  private EventIds() {}

  /**
   * {@code <source>-} and 128 bits of SHA-256 over the parts.
   *
   * @param parts what tells the event from all others of its source; null counts as empty
   */
  static String of(String source, String... parts) {
    MessageDigest digest = sha256();
    for (String part : parts) {
      digest.update((part == null ? "" : part).getBytes(StandardCharsets.UTF_8));
      // A separator that no UTF-8 text has, or "a" + "bc" would be "ab" + "c".
      digest.update((byte) 0xFF);
    }
    return source + '-' + HexFormat.of().formatHex(digest.digest(), 0, BYTES);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }
}
