package io.tocsin.alerting.healing.audit;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a chain ends. Kept on another machine, it is the proof that nothing was cut off or written
 * anew since.
 *
 * @param sequence of the newest entry; 0 for an empty chain
 * @param hash of the newest entry, SHA-256 in lower-case hexadecimal; 64 zeros for an empty chain
 */
public record AuditHead(long sequence, String hash) {

  /** Before the first entry. */
  public static final AuditHead NONE = new AuditHead(0, "0".repeat(64));

  private static final Pattern TEXT = Pattern.compile("([0-9]{1,18}):([0-9a-f]{64})");

  /**
   * Reads what {@link #toString} has written.
   *
   * @throws IllegalArgumentException if it is no {@code SEQ:HASH}
   */
  public static AuditHead parse(String text) {
    Matcher parts = TEXT.matcher(text.strip());
    if (!parts.matches()) {
      throw new IllegalArgumentException(
          "a head is SEQ:HASH, a number and 64 hexadecimal digits in lower case");
    }
    return new AuditHead(Long.parseLong(parts.group(1)), parts.group(2));
  }

  /** {@code SEQ:HASH}. */
  @Override
  public String toString() {
    return sequence + ":" + hash;
  }
}
