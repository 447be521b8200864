package io.tocsin.server.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A token or a session as its owner holds it, written {@code tocsin_<id>_<secret>}: the beginning
 * lets scanners for leaked secrets find it.
 *
 * <p>The secret is 256 random bits, so one round of SHA-256 keeps it as well as a slow hash would:
 * those are for what people choose, which can be guessed.
 *
 * @param id names it where it is listed; no secret
 * @param secret 32 random bytes in base64url
 */
public record TokenText(String id, String secret) {

  private static final int ID_BYTES = 8;
  private static final int SECRET_BYTES = 32;
  private static final Pattern SHAPE = Pattern.compile("tocsin_([0-9a-f]{16})_([A-Za-z0-9_-]{43})");
  private static final SecureRandom RANDOM = new SecureRandom();

  /** A new one that nobody has seen. */
  public static TokenText random() {
    byte[] id = new byte[ID_BYTES];
    byte[] secret = new byte[SECRET_BYTES];
    RANDOM.nextBytes(id);
    RANDOM.nextBytes(secret);
    return new TokenText(
        HexFormat.of().formatHex(id),
        Base64.getUrlEncoder().withoutPadding().encodeToString(secret));
  }

  /** Reads what somebody shows; empty if it cannot be one. */
  public static Optional<TokenText> parse(String shown) {
    if (shown == null) {
      return Optional.empty();
    }
    Matcher parts = SHAPE.matcher(shown);
    return parts.matches()
        ? Optional.of(new TokenText(parts.group(1), parts.group(2)))
        : Optional.empty();
  }

  /** All of it, to be shown to its owner once. */
  public String text() {
    return "tocsin_" + id + "_" + secret;
  }

  /** What is kept of the secret: its SHA-256, in hexadecimal. */
  public String hash() {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256")
                  .digest(secret.getBytes(StandardCharsets.US_ASCII)));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }

  /** Whether its secret is the one that was kept; takes as long when it is not. */
  public boolean matches(String kept) {
    return MessageDigest.isEqual(
        hash().getBytes(StandardCharsets.US_ASCII), kept.getBytes(StandardCharsets.US_ASCII));
  }

  /** Without the secret, so that no log has it. */
  @Override
  public String toString() {
    return "tocsin_" + id + "_...";
  }
}
