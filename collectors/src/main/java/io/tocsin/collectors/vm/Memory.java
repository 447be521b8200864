package io.tocsin.collectors.vm;

import io.tocsin.collectors.CollectorException;
import io.tocsin.collectors.Problem;
import io.tocsin.collectors.Problem.Reason;
import io.tocsin.schemas.MemorySample;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Memory of a domain as its guest sees it, from the group {@code balloon}, whose sizes are in KiB.
 * Only the guest knows what is available to it; without statistics of its balloon driver that is
 * left open, because the host's view (what the guest has ever touched) would look like a guest that
 * is always full.
 */
final class Memory {

  private static final long KIB = 1024;

  /** Swap traffic is given in KiB, and a guest's pages have 4 KiB. */
  private static final long KIB_PER_PAGE = 4;

  /** A driver reports every few seconds; one that has not for so long does not any more. */
  private static final Duration OLDEST = Duration.ofMinutes(5);

  private static final String ADVICE =
      "; give it a period (allow-stats-period: true, or virsh dommemstat --period 5 --live), and"
          + " its guest the driver virtio_balloon";

  private Memory() {}

  /**
   * The part of a sample.
   *
   * @param details null where they are not known yet
   * @param problems told if the guest does not report, or does not any more
   * @throws CollectorException if the figures make no sense
   */
  static MemorySample of(
      DomainStats stats, DomainDetails details, Instant now, List<Problem> problems)
      throws CollectorException {
    Long available = stats.number("balloon.usable", KIB);
    if (available == null) {
      // Before Linux 4.6 guests only told what was free.
      available = stats.number("balloon.unused", KIB);
    }
    Long balloon = stats.number("balloon.current", KIB);
    Long total = stats.number("balloon.available", KIB);
    total = total == null ? balloon : total;
    if (total == null) {
      throw new CollectorException(Reason.MISSING, stats.where(), "libvirt gives no memory of it");
    }
    Long updated = stats.number("balloon.last-update");
    if (available == null) {
      problems.add(
          new Problem(
              Reason.MISSING, stats.where(), "its balloon driver reports no memory" + ADVICE));
    } else if (updated != null && now.getEpochSecond() - updated > OLDEST.toSeconds()) {
      problems.add(
          new Problem(
              Reason.STALE, stats.where(), "its balloon driver stopped reporting memory" + ADVICE));
      available = null;
    }
    return MemorySample.newBuilder()
        .setTotalBytes(total)
        .setAvailableBytes(available == null ? null : (Long) Math.min(available, total))
        .setSwapInPages(stats.numberOrZero("balloon.swap_in") / KIB_PER_PAGE)
        .setSwapOutPages(stats.numberOrZero("balloon.swap_out") / KIB_PER_PAGE)
        .setCacheBytes(stats.number("balloon.disk_caches", KIB))
        .setBalloonBytes(balloon)
        .setMaximumBytes(stats.number("balloon.maximum", KIB))
        .setMajorFaults(stats.number("balloon.major_fault"))
        .setHugePageBacked(details == null ? null : (Boolean) details.description().hugePages())
        .build();
  }
}
