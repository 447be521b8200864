package io.tocsin.alerting.healing.signature;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Ed25519 keys (RFC 8032) as text: PKCS#8 and X.509 in PEM (RFC 7468), as {@code openssl} has them.
 */
final class Pem {

  static final String ALGORITHM = "Ed25519";
  private static final String PRIVATE = "PRIVATE KEY";
  private static final String PUBLIC = "PUBLIC KEY";
  private static final long LARGEST = 64 << 10;
  private static final int KEY_ID_DIGITS = 16;

  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z ]+)-----([A-Za-z0-9+/=\\s]+)-----END \\1-----");

  private Pem() {}

  static String of(PrivateKey key) {
    return text(PRIVATE, key.getEncoded());
  }

  static String of(PublicKey key) {
    return text(PUBLIC, key.getEncoded());
  }

  private static String text(String label, byte[] bytes) {
    return "-----BEGIN %s-----%n%s%n-----END %s-----%n"
        .formatted(
            label,
            Base64.getMimeEncoder(64, System.lineSeparator().getBytes(StandardCharsets.US_ASCII))
                .encodeToString(bytes),
            label);
  }

  /** The one private key of a file. */
  static PrivateKey privateKey(Path file) throws IOException {
    List<byte[]> blocks = blocks(file, PRIVATE);
    if (blocks.size() != 1) {
      throw unusable(file, "it must hold one -----BEGIN PRIVATE KEY-----", null);
    }
    try {
      return KeyFactory.getInstance(ALGORITHM)
          .generatePrivate(new PKCS8EncodedKeySpec(blocks.get(0)));
    } catch (GeneralSecurityException bad) {
      throw unusable(file, "it is no Ed25519 key in PKCS#8", bad);
    }
  }

  /** All public keys of a file, at least one. */
  static List<PublicKey> publicKeys(Path file) throws IOException {
    List<PublicKey> keys = new ArrayList<>();
    for (byte[] block : blocks(file, PUBLIC)) {
      try {
        keys.add(KeyFactory.getInstance(ALGORITHM).generatePublic(new X509EncodedKeySpec(block)));
      } catch (GeneralSecurityException bad) {
        throw unusable(file, "a key in it is no Ed25519 key in X.509", bad);
      }
    }
    if (keys.isEmpty()) {
      throw unusable(file, "it must hold one -----BEGIN PUBLIC KEY----- or more", null);
    }
    return keys;
  }

  /** What a key is called: the first 16 hexadecimal digits of the SHA-256 of its X.509 form. */
  static String idOf(PublicKey key) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(key.getEncoded());
      return HexFormat.of().formatHex(hash).substring(0, KEY_ID_DIGITS);
    } catch (GeneralSecurityException never) {
      throw new IllegalStateException("every Java has SHA-256", never);
    }
  }

  private static List<byte[]> blocks(Path file, String label) throws IOException {
    if (Files.size(file) > LARGEST) {
      throw unusable(file, "it is larger than " + LARGEST + " bytes", null);
    }
    List<byte[]> blocks = new ArrayList<>();
    Matcher found = BLOCK.matcher(Files.readString(file, StandardCharsets.US_ASCII));
    while (found.find()) {
      if (found.group(1).equals(label)) {
        try {
          blocks.add(Base64.getMimeDecoder().decode(found.group(2)));
        } catch (IllegalArgumentException bad) {
          throw unusable(file, "what stands between BEGIN and END is no base64", bad);
        }
      }
    }
    return blocks;
  }

  /** Names the file and never what stands in it. */
  private static IOException unusable(Path file, String why, Exception cause) {
    return new IOException(
        "the key file " + file + " cannot be used: " + why + "; tocsin heal keygen makes a pair",
        cause);
  }
}
