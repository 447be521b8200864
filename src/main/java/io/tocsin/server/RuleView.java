package io.tocsin.server;

import io.tocsin.schemas.RuleStatus;
import io.tocsin.schemas.RuleText;
import io.tocsin.schemas.ShadowReport;
import java.time.Instant;
import java.util.List;

/**
 * A rule as the API shows it.
 *
 * @param version of the text on the topic
 * @param inForce the version that judges; null if none does, or nothing was heard of it yet
 * @param problems why the newest text was refused; empty if it was not
 * @param firing how many alerts of it fire now
 * @param comparison how a shadow differs from the live one; null for a live rule
 */
public record RuleView(
    String name,
    String version,
    String inForce,
    List<String> problems,
    String file,
    int line,
    String by,
    Instant at,
    boolean shadow,
    long firing,
    Comparison comparison,
    String text) {

  /** Episodes that both rules had, or one of them only. */
  public record Comparison(
      String live, Instant since, long both, long onlyLive, long onlyShadow, List<String> latest) {

    static Comparison of(ShadowReport report) {
      return report == null
          ? null
          : new Comparison(
              report.getLive(),
              report.getSince(),
              report.getBoth(),
              report.getOnlyLive(),
              report.getOnlyShadow(),
              report.getLatest());
    }
  }

  static RuleView of(RuleText rule, RuleStatus status, ShadowReport report, long firing) {
    return new RuleView(
        rule.getName(),
        rule.getVersion(),
        status == null ? null : status.getVersion(),
        status == null ? List.of() : status.getProblems(),
        rule.getFile(),
        rule.getLine(),
        rule.getBy(),
        rule.getAt(),
        status != null && status.getShadow(),
        firing,
        Comparison.of(report),
        rule.getText());
  }
}
