package io.tocsin.alerting.outbound;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Proof to a receiver that a body is ours and new: the header {@code Tocsin-Signature: t=<unix
 * seconds>,v1=<hex>}, where the hex is HMAC-SHA-256 (RFC 2104, FIPS 198-1) over the seconds in
 * decimal, a full stop and the bytes of the body. The time is signed too, so that a call that was
 * listened to cannot be repeated later.
 */
public final class HmacSignature {

  /** Name of the header. */
  public static final String HEADER = "Tocsin-Signature";

  /** How far the signer's clock may be from ours, either way: what a call takes, and clocks err. */
  public static final Duration SKEW = Duration.ofSeconds(60);

  private static final String ALGORITHM = "HmacSHA256";
  private static final int LONGEST_HEADER = 1024;

  private HmacSignature() {}

  /** What a receiver finds. */
  public sealed interface Verdict {

    /** It was signed with the secret, and just now. */
    record Genuine() implements Verdict {}

    /**
     * It is not to be trusted.
     *
     * @param reason in words, without anything that the caller has sent
     */
    record Refused(String reason) implements Verdict {}
  }

  /**
   * The header's value.
   *
   * @param secret shared with the receiver, not empty
   */
  public static String sign(String secret, Instant at, byte[] body) {
    long seconds = at.getEpochSecond();
    return "t=" + seconds + ",v1=" + HexFormat.of().formatHex(code(secret, seconds, body));
  }

  /**
   * Checks a header. Of several {@code v1} one has to be right, so that a sender may sign with an
   * old and a new secret while they are changed. Parts of other names are left alone.
   *
   * @param header as received; null if there was none
   */
  public static Verdict verify(String secret, String header, byte[] body, Instant now) {
    if (header == null || header.length() > LONGEST_HEADER) {
      return new Verdict.Refused("there is no header " + HEADER + ", or it is too long");
    }
    Long seconds = null;
    List<byte[]> codes = new ArrayList<>();
    try {
      for (String part : header.split(",")) {
        String[] pair = part.strip().split("=", 2);
        if (pair[0].equals("t") && pair.length == 2) {
          seconds = Long.valueOf(pair[1]);
        } else if (pair[0].equals("v1") && pair.length == 2) {
          codes.add(HexFormat.of().parseHex(pair[1]));
        }
      }
    } catch (IllegalArgumentException notOurs) {
      return new Verdict.Refused(HEADER + " is not t=<unix seconds>,v1=<hex>");
    }
    if (seconds == null || codes.isEmpty()) {
      return new Verdict.Refused(HEADER + " has no t or no v1");
    }
    byte[] right = code(secret, seconds, body);
    boolean genuine = false;
    for (byte[] given : codes) {
      // Takes as long for a guess that is nearly right as for any other.
      genuine |= MessageDigest.isEqual(right, given);
    }
    if (!genuine) {
      return new Verdict.Refused("it is not signed with the secret known here");
    }
    // Subtracted only after the signature holds: no stranger chooses the figures.
    if (Math.abs(now.getEpochSecond() - seconds) > SKEW.toSeconds()) {
      return new Verdict.Refused(
          "it was signed more than " + SKEW.toSeconds() + " s ago, or ahead of the clock here");
    }
    return new Verdict.Genuine();
  }

  private static byte[] code(String secret, long seconds, byte[] body) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM));
      mac.update((seconds + ".").getBytes(StandardCharsets.US_ASCII));
      return mac.doFinal(body);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("every Java has " + ALGORITHM, impossible);
    }
  }
}
