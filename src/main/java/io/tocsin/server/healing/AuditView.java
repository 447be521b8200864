package io.tocsin.server.healing;

import io.tocsin.schemas.AuditEntry;
import java.time.Instant;
import java.util.List;

/** An entry of the audit, under the names of its schema; texts have to be shown as text. */
public record AuditView(
    long sequence,
    Instant at,
    String kind,
    String actor,
    String planId,
    String incidentId,
    String action,
    String targetId,
    String outcome,
    String reason,
    List<String> guards,
    String before,
    String after,
    String previousHash,
    String hash) {

  /** Of a record. */
  public static AuditView of(AuditEntry entry) {
    return new AuditView(
        entry.getSequence(),
        entry.getAt(),
        entry.getKind().name(),
        entry.getActor(),
        entry.getPlanId(),
        entry.getIncidentId(),
        entry.getAction(),
        entry.getTargetId(),
        entry.getOutcome(),
        entry.getReason(),
        entry.getGuards(),
        entry.getBefore(),
        entry.getAfter(),
        entry.getPreviousHash(),
        entry.getHash());
  }
}
