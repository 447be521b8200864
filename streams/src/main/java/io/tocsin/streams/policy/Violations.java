package io.tocsin.streams.policy;

import io.tocsin.schemas.Policy;
import io.tocsin.schemas.PolicyEffect;
import io.tocsin.schemas.SecurityEvent;
import io.tocsin.schemas.Severity;
import io.tocsin.schemas.Violation;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Makes violations. */
final class Violations {

  private static final int ID_BYTES = 16;
  private static final int LONGEST = 1_500;

  private Violations() {}

  /**
   * A violation by an event.
   *
   * @param policy null where no rule decided
   * @param rule null where {@code policy} is
   */
  static Violation of(
      SecurityEvent event,
      Policy policy,
      String rule,
      PolicyEffect effect,
      Severity severity,
      String reason) {
    return Violation.newBuilder()
        .setId(id(event.getId(), policy == null ? "" : policy.getId(), rule == null ? "" : rule))
        .setEventId(event.getId())
        .setAt(event.getAt())
        .setPolicy(policy == null ? null : policy.getId())
        .setPolicyVersion(policy == null ? null : policy.getVersion())
        .setRule(rule)
        .setEffect(effect)
        .setSeverity(severity)
        .setResourceId(cut(event.getResourceId()))
        .setKind(event.getKind())
        .setService(cut(event.getService()))
        .setContainer(cut(event.getContainer()))
        .setImage(cut(event.getImage()))
        .setAction(cut(event.getAction()))
        .setSource(event.getSource())
        .setReason(cut(reason))
        .build();
  }

  /** The newest violations stand in the report together, which must fit into one record. */
  private static String cut(String text) {
    return text == null || text.length() <= LONGEST ? text : text.substring(0, LONGEST);
  }

  /** {@code violation-} and 128 bits of SHA-256 over the parts. */
  private static String id(String... parts) {
    MessageDigest digest = sha256();
    for (String part : parts) {
      digest.update(part.getBytes(StandardCharsets.UTF_8));
      // A separator that no UTF-8 text has, or "a" + "bc" would be "ab" + "c".
      digest.update((byte) 0xFF);
    }
    return "violation-" + HexFormat.of().formatHex(digest.digest(), 0, ID_BYTES);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }
}
