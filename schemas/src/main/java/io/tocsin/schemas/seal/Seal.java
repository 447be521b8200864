package io.tocsin.schemas.seal;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What an agent puts beside a record: HMAC-SHA-256 under its key over topic, key and value, each
 * with its length before it, so that no two records have the same bytes. Not thread-safe.
 */
final class Seal {

  /** Stands for the length of a value that is not there: a tombstone is not an empty value. */
  private static final int NONE = -1;

  private final Hmac hmac = new Hmac();
  private byte[] current;

  /**
   * The seal of a record.
   *
   * @param key null and empty are the same
   * @param value null for a tombstone
   */
  byte[] of(byte[] agentKey, byte[] topic, byte[] key, byte[] value) {
    if (agentKey != current && !Arrays.equals(agentKey, current)) {
      hmac.key(agentKey);
      current = agentKey;
    }
    framed(topic);
    framed(key == null ? new byte[0] : key);
    if (value == null) {
      hmac.update(NONE);
    } else {
      framed(value);
    }
    return hmac.end();
  }

  private void framed(byte[] bytes) {
    hmac.update(bytes.length);
    hmac.update(bytes);
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
