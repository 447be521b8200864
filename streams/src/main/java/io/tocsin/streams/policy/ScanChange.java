package io.tocsin.streams.policy;

import io.tocsin.schemas.ImageFindings;
import io.tocsin.schemas.Scan;
import io.tocsin.schemas.SecurityEvent;
import io.tocsin.schemas.SevereFinding;
import io.tocsin.schemas.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What a scan of an image changed against the one before. */
public final class ScanChange {

  /** Most findings that are listed; all are counted. */
  static final int LISTED = 100;

  /** Most findings remembered of one image: two full lists. */
  static final int REMEMBERED = 4_000;

  private ScanChange() {}

  /** Whether an event tells of a scan of an image. */
  public static boolean isScan(SecurityEvent event) {
    return event.getScan() != null && event.getImage() != null && !event.getImage().isEmpty();
  }

  /** Whether a scan is newer than the one before; the same one again is not. */
  public static boolean isNewer(SecurityEvent scan, SecurityEvent before) {
    return before == null || scan.getAt().isAfter(before.getAt());
  }

  /**
   * The change.
   *
   * @param before the scan before; null at the first, where all findings are new
   */
  public static ImageFindings between(SecurityEvent before, SecurityEvent scan) {
    List<SevereFinding> now = scan.getScan().getSevere();
    List<SevereFinding> then = before == null ? List.of() : before.getScan().getSevere();
    List<SevereFinding> added = without(now, then);
    List<SevereFinding> gone = without(then, now);
    // What a list has no room for only looks as if it were gone, and later as if it were new.
    boolean isKnown = isComplete(scan.getScan()) && before != null && isComplete(before.getScan());
    return ImageFindings.newBuilder()
        .setImage(scan.getImage())
        .setScan(scan.getId())
        .setScannedAt(scan.getAt())
        .setPreviousScanAt(before == null ? null : before.getAt())
        .setNewCritical(count(added, Severity.CRITICAL))
        .setNewHigh(count(added, Severity.HIGH))
        .setNewFindings(added.stream().limit(LISTED).toList())
        .setFixed(isKnown ? Integer.valueOf(gone.size()) : null)
        .setFixedFindings(isKnown ? gone.stream().limit(LISTED).toList() : List.of())
        .setTotals(scan.getScan().getTotals())
        .build();
  }

  /**
   * What the next scan is to be held against: this one, and where its list is not complete what the
   * one before had as well, lest the next complete scan take old findings for new.
   */
  public static SecurityEvent baseline(SecurityEvent before, SecurityEvent scan) {
    if (before == null || scan.getScan().getIsComplete()) {
      return scan;
    }
    List<SevereFinding> known = new ArrayList<>(scan.getScan().getSevere());
    known.addAll(without(before.getScan().getSevere(), known));
    Scan merged =
        new Scan(scan.getScan().getTotals(), known.stream().limit(REMEMBERED).toList(), false);
    return SecurityEvent.newBuilder(scan).setScan(merged).build();
  }

  private static boolean isComplete(Scan scan) {
    return scan.getIsComplete();
  }

  private static int count(List<SevereFinding> findings, Severity severity) {
    return (int) findings.stream().filter(each -> each.getSeverity() == severity).count();
  }

  private static List<SevereFinding> without(
      List<SevereFinding> findings, List<SevereFinding> others) {
    Set<String> ids = others.stream().map(SevereFinding::getId).collect(Collectors.toSet());
    return findings.stream().filter(each -> !ids.contains(each.getId())).toList();
  }
}
