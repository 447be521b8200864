package io.tocsin.schemas.seal;

import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HMAC-SHA-256, which every Java has; not thread-safe. */
final class Hmac {

  private static final String ALGORITHM = "HmacSHA256";

  private final Mac mac;

  Hmac() {
    try {
      this.mac = Mac.getInstance(ALGORITHM);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("this Java has no " + ALGORITHM, impossible);
    }
  }

  void key(byte[] key) {
    try {
      mac.init(new SecretKeySpec(key, ALGORITHM));
    } catch (InvalidKeyException impossible) {
      throw new IllegalStateException("HMAC takes any key", impossible);
    }
  }

  void update(byte[] bytes) {
    mac.update(bytes);
  }

  /** A length as four bytes, or what takes its place. */
  void update(int number) {
    mac.update((byte) (number >>> 24));
    mac.update((byte) (number >>> 16));
    mac.update((byte) (number >>> 8));
    mac.update((byte) number);
  }

  byte[] end() {
    return mac.doFinal();
  }
}
