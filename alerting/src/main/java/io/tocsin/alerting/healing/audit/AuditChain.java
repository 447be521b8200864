package io.tocsin.alerting.healing.audit;

import io.tocsin.schemas.AuditEntry;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;

/**
 * Links entries: each one's hash is over all of its fields and the hash of the one before.
 *
 * <p>A hash is SHA-256 (FIPS 180-4) over the fields in a fixed order, each as its length in bytes
 * (four bytes, most significant first) and its UTF-8 text, so that no two entries share their bytes
 * whatever stands in their text.
 */
public final class AuditChain {

  private static final String FORM = "tocsin-audit-v1";

  private AuditChain() {}

  /**
   * The entry that follows a head.
   *
   * @param draft what it says; its place, time and hashes are set here
   */
  public static AuditEntry next(AuditHead head, AuditEntry draft, Instant at) {
    AuditEntry entry =
        AuditEntry.newBuilder(draft)
            .setSequence(head.sequence() + 1)
            .setAt(at.truncatedTo(ChronoUnit.MILLIS))
            .setPreviousHash(head.hash())
            .build();
    entry.setHash(hash(entry));
    return entry;
  }

  /** Where a chain ends that ends with this entry. */
  public static AuditHead headOf(AuditEntry newest) {
    return new AuditHead(newest.getSequence(), newest.getHash());
  }

  /** Follows a chain, oldest entry first. */
  public static AuditVerdict verify(Iterable<AuditEntry> entries) {
    AuditCheck check = new AuditCheck(null);
    entries.forEach(check::see);
    return check.verdict();
  }

  /** What an entry's hash has to be. */
  static String hash(AuditEntry entry) {
    MessageDigest digest = sha256();
    add(digest, FORM);
    add(digest, entry.getPreviousHash());
    add(digest, Long.toString(entry.getSequence()));
    add(digest, Long.toString(entry.getAt().toEpochMilli()));
    add(digest, entry.getKind().name());
    add(digest, entry.getActor());
    add(digest, entry.getPlanId());
    add(digest, entry.getIncidentId());
    add(digest, entry.getAction());
    add(digest, entry.getTargetId());
    add(digest, entry.getOutcome());
    add(digest, entry.getReason());
    add(digest, Integer.toString(entry.getGuards().size()));
    entry.getGuards().forEach(guard -> add(digest, guard));
    add(digest, entry.getBefore());
    add(digest, entry.getAfter());
    return HexFormat.of().formatHex(digest.digest());
  }

  private static void add(MessageDigest digest, String field) {
    byte[] text = field.getBytes(StandardCharsets.UTF_8);
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(text.length).array());
    digest.update(text);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException never) {
      throw new IllegalStateException("every Java has SHA-256", never);
    }
  }
}
