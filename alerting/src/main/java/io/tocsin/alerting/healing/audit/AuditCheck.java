package io.tocsin.alerting.healing.audit;

import io.tocsin.schemas.AuditEntry;

/**
 * Follows a chain entry by entry, so that one of any length fits into memory. Not thread-safe.
 *
 * <p>The hashes show an edit, a gap, a changed order and a repetition. That the newest entries were
 * cut off, or that all was written anew, shows only against a head that was kept elsewhere.
 */
public final class AuditCheck {

  private final AuditHead known;
  private long from;
  private AuditHead head = AuditHead.NONE;
  private boolean metKnown;
  private AuditVerdict.Broken broken;

  /**
   * A check that has seen nothing.
   *
   * @param known a head of this chain that was kept elsewhere; null without one
   */
  public AuditCheck(AuditHead known) {
    this.known = known;
  }

  /** Takes the next entry. After the first fault it only listens. */
  public void see(AuditEntry entry) {
    if (broken != null) {
      return;
    }
    String fault = fault(entry);
    if (fault != null) {
      broken = new AuditVerdict.Broken(entry.getSequence(), fault);
      return;
    }
    if (from == 0) {
      from = entry.getSequence();
    }
    head = AuditChain.headOf(entry);
  }

  private String fault(AuditEntry entry) {
    long sequence = entry.getSequence();
    if (sequence < 1) {
      return "its sequence is not 1 or more";
    }
    if (!AuditChain.hash(entry).equals(entry.getHash())) {
      return "its fields and its hash do not fit: it was changed after it was written";
    }
    if (from > 0 && sequence != head.sequence() + 1) {
      return "it follows entry " + head.sequence() + ": entries are missing, repeated or moved";
    }
    boolean first = from == 0;
    boolean beginning = sequence == 1;
    if (first && beginning && !entry.getPreviousHash().equals(AuditHead.NONE.hash())) {
      return "it is the first entry and names one before it";
    }
    if (!first && !entry.getPreviousHash().equals(head.hash())) {
      return "it does not name the hash of the entry before it: one of the two is not the one that"
          + " was written";
    }
    if (known != null && sequence == known.sequence()) {
      metKnown = true;
      if (!entry.getHash().equals(known.hash())) {
        return "its hash is not the one that was kept elsewhere: the chain was written anew";
      }
    }
    return null;
  }

  /** What all the entries so far have shown. */
  public AuditVerdict verdict() {
    if (broken != null) {
      return broken;
    }
    if (known == null || metKnown || known.equals(AuditHead.NONE)) {
      return new AuditVerdict.Good(from, head, "");
    }
    if (known.sequence() > head.sequence()) {
      return new AuditVerdict.Broken(
          head.sequence(),
          "the chain ends here, and entry "
              + known.sequence()
              + " was there once: entries were cut off");
    }
    return new AuditVerdict.Good(
        from,
        head,
        "entry "
            + known.sequence()
            + " is older than what is retained, so that the head kept elsewhere could not be"
            + " compared; keep a newer one");
  }
}
