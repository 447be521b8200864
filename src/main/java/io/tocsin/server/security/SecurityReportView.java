package io.tocsin.server.security;

import io.tocsin.schemas.ImageFindings;
import io.tocsin.schemas.PolicyTrouble;
import io.tocsin.schemas.SecurityReport;
import io.tocsin.schemas.SevereFinding;
import io.tocsin.schemas.SeverityTotals;
import io.tocsin.schemas.TallyBoard;
import io.tocsin.schemas.Violation;
import java.time.Instant;
import java.util.List;

/**
 * The security report as the API shows it. Times are UTC; texts are for people and have to be shown
 * as text.
 */
public record SecurityReportView(
    Instant at,
    String headline,
    int policies,
    long judged,
    long notJudged,
    long repeated,
    long failedConditions,
    long refusedPolicies,
    Totals denied,
    Totals audited,
    List<Line> latest,
    Board byContainer,
    Board byPolicy,
    List<Image> images,
    List<Trouble> troubles) {

  /** Violations by severity. */
  public record Totals(long critical, long high, long medium, long low) {
    static Totals of(SeverityTotals totals) {
      return new Totals(
          totals.getCritical(), totals.getHigh(), totals.getMedium(), totals.getLow());
    }
  }

  /** Violations by name, and of those that found no place together. */
  public record Board(List<Entry> entries, Totals others, long folded) {
    static Board of(TallyBoard board) {
      return new Board(
          board.getEntries().stream()
              .map(
                  each ->
                      new Entry(each.getName(), Totals.of(each.getTotals()), each.getLatestAt()))
              .toList(),
          Totals.of(board.getOthers()),
          board.getFolded());
    }
  }

  /** Violations of one name. */
  public record Entry(String name, Totals totals, Instant latestAt) {}

  /** One violation; {@code policy} and {@code rule} are null where no rule decided. */
  public record Line(
      String id,
      Instant at,
      String severity,
      String effect,
      String action,
      String resource,
      String image,
      String policy,
      String rule,
      String reason) {
    static Line of(Violation violation) {
      return new Line(
          violation.getId(),
          violation.getAt(),
          violation.getSeverity().name(),
          violation.getEffect().name(),
          violation.getAction(),
          violation.getResourceId(),
          violation.getImage(),
          violation.getPolicy(),
          violation.getRule(),
          violation.getReason());
    }
  }

  /** A scan with new findings; {@code fixed} is null where it cannot be told. */
  public record Image(
      String image,
      Instant scannedAt,
      Instant previousScanAt,
      int newCritical,
      int newHigh,
      List<String> newFindings,
      Integer fixed) {
    static Image of(ImageFindings findings) {
      return new Image(
          findings.getImage(),
          findings.getScannedAt(),
          findings.getPreviousScanAt(),
          findings.getNewCritical(),
          findings.getNewHigh(),
          findings.getNewFindings().stream().map(SevereFinding::getName).toList(),
          findings.getFixed());
    }
  }

  /** What was wrong with a policy. */
  public record Trouble(String policy, Instant at, String problem) {
    static Trouble of(PolicyTrouble trouble) {
      return new Trouble(trouble.getPolicy(), trouble.getAt(), trouble.getProblem());
    }
  }

  /** Before the streams have written any. */
  static SecurityReportView none() {
    Totals zero = new Totals(0, 0, 0, 0);
    Board empty = new Board(List.of(), zero, 0);
    return new SecurityReportView(
        null,
        "there is no report yet: no policy was applied, and nothing was done to a container",
        0,
        0,
        0,
        0,
        0,
        0,
        zero,
        zero,
        List.of(),
        empty,
        empty,
        List.of(),
        List.of());
  }

  static SecurityReportView of(SecurityReport report) {
    return new SecurityReportView(
        report.getAt(),
        report.getHeadline(),
        report.getPolicies(),
        report.getJudged(),
        report.getNotJudged(),
        report.getRepeated(),
        report.getFailedConditions(),
        report.getRefusedPolicies(),
        Totals.of(report.getDenied()),
        Totals.of(report.getAudited()),
        report.getLatest().stream().map(Line::of).toList(),
        Board.of(report.getByContainer()),
        Board.of(report.getByPolicy()),
        report.getImages().stream().map(Image::of).toList(),
        report.getTroubles().stream().map(Trouble::of).toList());
  }
}
