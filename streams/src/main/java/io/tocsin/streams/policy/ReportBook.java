package io.tocsin.streams.policy;

import io.tocsin.schemas.ImageFindings;
import io.tocsin.schemas.PolicyEffect;
import io.tocsin.schemas.PolicyTrouble;
import io.tocsin.schemas.SecurityEvent;
import io.tocsin.schemas.SecurityReport;
import io.tocsin.schemas.Violation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Keeps the security report. Its size is bounded: lists have the newest {@value #NEWEST}, boards
 * fold what has no place. Not thread-safe.
 */
public final class ReportBook {

  /** Length of the lists of newest ones; the mission's latest ten. */
  static final int NEWEST = 10;

  /** Name of the policy where no rule decided; no id of a policy has brackets. */
  static final String DEFAULT_DENY = "(default deny)";

  private static final int LONGEST_PROBLEM = 1_000;

  private final SecurityReport report;

  /** Goes on with a report; with an empty one where it is null. */
  public ReportBook(SecurityReport before) {
    report = before == null ? empty() : SecurityReport.newBuilder(before).build();
  }

  private static SecurityReport empty() {
    return SecurityReport.newBuilder()
        .setAt(Instant.EPOCH)
        .setHeadline("")
        .setDenied(Tallies.none())
        .setAudited(Tallies.none())
        .setByContainer(Tallies.empty())
        .setByPolicy(Tallies.empty())
        .build();
  }

  /** The report as it stands; the next change changes it, for a copy each time would cost more. */
  public SecurityReport report() {
    report.setHeadline(headline());
    return report;
  }

  /** An event was judged, or was not for want of a policy. */
  public void judged(SecurityEvent event, Judgement judgement) {
    report.setAt(Tallies.later(report.getAt(), event.getAt()));
    if (judgement.decision() instanceof Decision.NotJudged) {
      report.setNotJudged(report.getNotJudged() + 1);
      return;
    }
    report.setJudged(report.getJudged() + 1);
    judgement.violations().forEach(this::violation);
    report.setFailedConditions(report.getFailedConditions() + judgement.troubles().size());
    judgement.troubles().forEach(this::trouble);
  }

  /** An event was delivered again. */
  public void repeated() {
    report.setRepeated(report.getRepeated() + 1);
  }

  /** An image was scanned; only one with new findings is news. */
  public void scanned(ImageFindings findings) {
    report.setAt(Tallies.later(report.getAt(), findings.getScannedAt()));
    if (findings.getNewCritical() + findings.getNewHigh() > 0) {
      // The lists stand on the topic of their own; here the counts are enough.
      ImageFindings shown = ImageFindings.newBuilder(findings).build();
      shown.setNewFindings(first(findings.getNewFindings()));
      shown.setFixedFindings(first(findings.getFixedFindings()));
      List<ImageFindings> images = new ArrayList<>(report.getImages());
      images.removeIf(image -> image.getImage().equals(shown.getImage()));
      images.add(shown);
      images.sort(
          Comparator.comparing(ImageFindings::getScannedAt)
              .reversed()
              .thenComparing(ImageFindings::getImage));
      report.setImages(first(images));
    }
  }

  /** So many policies are in force since a record of that time. */
  public void inForce(int policies, Instant at) {
    report.setAt(Tallies.later(report.getAt(), at));
    report.setPolicies(policies);
  }

  /** A policy was refused. */
  public void refused(String policy, Instant at, String problem) {
    report.setAt(Tallies.later(report.getAt(), at));
    report.setRefusedPolicies(report.getRefusedPolicies() + 1);
    trouble(new PolicyTrouble(cut(policy), at, cut(problem)));
  }

  private void violation(Violation violation) {
    boolean isDenied = violation.getEffect() == PolicyEffect.DENY;
    Tallies.add(isDenied ? report.getDenied() : report.getAudited(), violation.getSeverity());
    Tallies.count(report.getByContainer(), violation.getResourceId(), violation);
    String policy = violation.getPolicy() == null ? DEFAULT_DENY : violation.getPolicy();
    Tallies.count(report.getByPolicy(), policy, violation);
    List<Violation> latest = new ArrayList<>(report.getLatest());
    latest.add(violation);
    latest.sort(Comparator.comparing(Violation::getAt).reversed().thenComparing(Violation::getId));
    report.setLatest(first(latest));
  }

  private void trouble(PolicyTrouble trouble) {
    List<PolicyTrouble> troubles = new ArrayList<>(report.getTroubles());
    troubles.add(trouble);
    troubles.sort(Comparator.comparing(PolicyTrouble::getAt).reversed());
    report.setTroubles(first(troubles));
  }

  private String headline() {
    if (report.getPolicies() == 0) {
      return "no policy is enabled, so nothing is judged; %d actions went unjudged so far"
          .formatted(report.getNotJudged());
    }
    return "%d policies in force: %d actions judged, %d denied (%d critical, %d high), %d recorded"
        .formatted(
            report.getPolicies(),
            report.getJudged(),
            Tallies.sum(report.getDenied()),
            report.getDenied().getCritical(),
            report.getDenied().getHigh(),
            Tallies.sum(report.getAudited()));
  }

  private static <T> List<T> first(List<T> list) {
    return List.copyOf(list.subList(0, Math.min(NEWEST, list.size())));
  }

  private static String cut(String text) {
    return text.length() <= LONGEST_PROBLEM ? text : text.substring(0, LONGEST_PROBLEM);
  }
}
