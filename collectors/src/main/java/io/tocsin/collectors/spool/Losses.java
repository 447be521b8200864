package io.tocsin.collectors.spool;

/** Told of every record that the spool gave up. */
@FunctionalInterface
public interface Losses {

  /** The cap was reached and the oldest segment went. */
  String FULL = "spool-full";

  /** Bytes on the disk were not what had been written. */
  String CORRUPT = "spool-corrupt";

  /** Written by a program whose schema or topic this one cannot read. */
  String UNDECODABLE = "spool-undecodable";

  /** The disk did not give a segment back. */
  String UNREADABLE = "spool-unreadable";

  /**
   * So many records are lost.
   *
   * @param reason value of the {@code reason} tag of the counter of losses
   * @param count more than 0
   */
  void lost(String reason, long count);
}
