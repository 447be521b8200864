package io.tocsin.alerting.healing.audit;

import io.tocsin.schemas.AuditEntry;
import io.tocsin.schemas.AuditKind;
import io.tocsin.schemas.Examples;
import java.util.ArrayList;
import java.util.List;

/** Chains that the tests of the audit start from. */
final class Chains {

  private Chains() {}

  static List<AuditEntry> of(int length) {
    return sealed(drafts(length, "down"));
  }

  static List<AuditEntry> drafts(int length, String reason) {
    List<AuditEntry> drafts = new ArrayList<>();
    for (int i = 0; i < length; i++) {
      drafts.add(
          AuditEntry.newBuilder()
              .setSequence(0)
              .setAt(Examples.NOON)
              .setKind(AuditKind.values()[i % AuditKind.values().length])
              .setActor("responder/" + i)
              .setPlanId("plan-" + i)
              .setReason(reason)
              .setGuards(List.of("form", "mode"))
              .setPreviousHash("")
              .setHash("")
              .build());
    }
    return drafts;
  }

  static List<AuditEntry> sealed(List<AuditEntry> drafts) {
    List<AuditEntry> chain = new ArrayList<>();
    AuditHead head = AuditHead.NONE;
    for (AuditEntry draft : drafts) {
      AuditEntry entry = AuditChain.next(head, draft, Examples.NOON.plusMillis(chain.size()));
      chain.add(entry);
      head = AuditChain.headOf(entry);
    }
    return chain;
  }
}
