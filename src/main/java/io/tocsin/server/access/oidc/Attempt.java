package io.tocsin.server.access.oidc;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * One attempt to sign in. The browser keeps a random number and an end; state, nonce and verifier
 * are made of these and a key that every instance has and no browser does. So nothing is kept here,
 * another instance can finish what one began, and a cookie that somebody made up or prolonged fits
 * no state.
 *
 * @param random 32 random bytes in base64url
 * @param until when it ends, in seconds since the epoch
 */
record Attempt(String random, long until) {

  /** Longer than anybody takes to type a password and a second factor. */
  static final Duration TIME = Duration.ofMinutes(10);

  private static final Pattern SHAPE = Pattern.compile("([A-Za-z0-9_-]{43})\\.([0-9]{1,12})");
  private static final SecureRandom RANDOM = new SecureRandom();

  static Attempt begin(Instant now) {
    byte[] bytes = new byte[32];
    RANDOM.nextBytes(bytes);
    return new Attempt(base64(bytes), now.plus(TIME).getEpochSecond());
  }

  /** What a browser has kept; empty if that is none, or is over. */
  static Optional<Attempt> of(String cookie, Instant now) {
    Matcher parts = SHAPE.matcher(cookie == null ? "" : cookie);
    if (!parts.matches()) {
      return Optional.empty();
    }
    Attempt attempt = new Attempt(parts.group(1), Long.parseLong(parts.group(2)));
    return now.getEpochSecond() < attempt.until() ? Optional.of(attempt) : Optional.empty();
  }

  String cookie() {
    return random + "." + until;
  }

  /**
   * A value that only those can know who have the key.
   *
   * @param purpose what it is for; another purpose has another value
   */
  String derive(String purpose, String secret) {
    try {
      byte[] key =
          MessageDigest.getInstance("SHA-256")
              .digest(("tocsin sign-in\n" + secret).getBytes(StandardCharsets.UTF_8));
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return base64(mac.doFinal((purpose + "\n" + cookie()).getBytes(StandardCharsets.US_ASCII)));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
