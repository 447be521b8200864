package io.tocsin.server.security;

import io.tocsin.schemas.ImageFindings;
import io.tocsin.schemas.SevereFinding;
import java.time.Instant;
import java.util.List;

/**
 * What the newest scan of an image found, and what that changed.
 *
 * @param previousScanAt null at the first scan, where all findings are new
 * @param newFindings CRITICAL and HIGH ones, the worst first; at most 100
 * @param fixed how many of the scan before are gone; null where that cannot be told
 */
public record ImageView(
    String image,
    Instant scannedAt,
    Instant previousScanAt,
    Counts totals,
    int newCritical,
    int newHigh,
    List<Finding> newFindings,
    Integer fixed,
    List<Finding> fixedFindings) {

  /** Findings by severity. */
  public record Counts(int critical, int high, int medium, int low, int other) {}

  /** One finding, such as a CVE. */
  public record Finding(String name, String severity) {
    static List<Finding> of(List<SevereFinding> findings) {
      return findings.stream()
          .map(each -> new Finding(each.getName(), each.getSeverity().name()))
          .toList();
    }
  }

  static ImageView of(ImageFindings findings) {
    return new ImageView(
        findings.getImage(),
        findings.getScannedAt(),
        findings.getPreviousScanAt(),
        new Counts(
            findings.getTotals().getCritical(),
            findings.getTotals().getHigh(),
            findings.getTotals().getMedium(),
            findings.getTotals().getLow(),
            findings.getTotals().getOther()),
        findings.getNewCritical(),
        findings.getNewHigh(),
        Finding.of(findings.getNewFindings()),
        findings.getFixed(),
        Finding.of(findings.getFixedFindings()));
  }
}
