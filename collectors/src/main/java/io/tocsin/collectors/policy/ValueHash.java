package io.tocsin.collectors.policy;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What stands for a value that may not leave: the first 96 bits of its HMAC-SHA-256, so that equal
 * values stay equal, and whoever has no key cannot try a dictionary on them. Thread-safe.
 */
final class ValueHash {

  private static final String ALGORITHM = "HmacSHA256";
  private static final int BYTES = 12;

  /** Keeps the hash apart from whatever else the key is used for. */
  private static final String PURPOSE = "tocsin label\0";

  private final Mac mac;

  ValueHash(String key) {
    try {
      this.mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), ALGORITHM));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("this Java has no " + ALGORITHM, impossible);
    }
  }

  synchronized String of(String value) {
    byte[] hash = mac.doFinal((PURPOSE + value).getBytes(StandardCharsets.UTF_8));
    return "hash-"
        + Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(hash, BYTES));
  }
}
