package io.tocsin.alerting.healing.audit;

/** What following a chain has shown. */
public sealed interface AuditVerdict {

  /**
   * Every entry is as it was written and follows the one before.
   *
   * @param from sequence of the oldest entry there is; more than 1 where older ones are gone, as
   *     the topic's retention has them go; 0 if there is none
   * @param to where the chain ends
   * @param note what could not be checked, in words; empty if nothing
   */
  record Good(long from, AuditHead to, String note) implements AuditVerdict {}

  /**
   * It is not as it was written.
   *
   * @param sequence of the first entry that shows it, as that entry says
   * @param what in words
   */
  record Broken(long sequence, String what) implements AuditVerdict {}
}
