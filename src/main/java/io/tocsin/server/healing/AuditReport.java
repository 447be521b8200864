package io.tocsin.server.healing;

import io.tocsin.alerting.healing.audit.AuditCheck;
import io.tocsin.alerting.healing.audit.AuditVerdict;
import io.tocsin.schemas.AuditEntry;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * What following the chain of the audit has shown.
 *
 * @param holds whether every entry is as it was written and follows the one before
 * @param entries how many were followed
 * @param from sequence of the oldest there is; 0 if there is none
 * @param head where the chain ends, to be kept elsewhere; null if it does not hold
 * @param unreadable records on the topic that are no entries
 * @param problem the first fault, with the entry that shows it; null if there is none
 */
public record AuditReport(
    boolean holds, long entries, long from, String head, long unreadable, String problem) {

  /** What hands out all entries, oldest first, and says how many records were none. */
  @FunctionalInterface
  public interface Source {
    /**
     * Reads.
     *
     * @throws RuntimeException if it cannot
     */
    long read(Consumer<AuditEntry> reader);
  }

  static AuditReport of(Source source) {
    AuditCheck check = new AuditCheck(null);
    AtomicLong count = new AtomicLong();
    long unreadable =
        source.read(
            entry -> {
              count.incrementAndGet();
              check.see(entry);
            });
    AuditVerdict verdict = check.verdict();
    if (verdict instanceof AuditVerdict.Good good) {
      return new AuditReport(
          true, count.get(), good.from(), good.to().toString(), unreadable, null);
    }
    AuditVerdict.Broken broken = (AuditVerdict.Broken) verdict;
    return new AuditReport(
        false,
        count.get(),
        0,
        null,
        unreadable,
        "entry " + broken.sequence() + ": " + broken.what());
  }
}
