package io.tocsin.server.rule;

import io.tocsin.schemas.RuleStatus;
import io.tocsin.schemas.RuleText;
import io.tocsin.schemas.ShadowReport;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A rule as the API lists it.
 *
 * @param version of the text on the topic
 * @param inForce the version that judges; null if none does, or nothing was heard of it yet
 * @param problems why the newest text was refused; empty if it was not
 * @param mode {@code live}, {@code shadow}, {@code refused}, or {@code pending} while nothing was
 *     heard of the newest text
 * @param firing how many alerts of it fire now
 * @param comparison how a shadow differs from the live one; null for a live rule
 */
public record RuleView(
    String name,
    String version,
    @Nullable String inForce,
    List<String> problems,
    String file,
    int line,
    String by,
    Instant at,
    boolean shadow,
    String mode,
    long firing,
    @Nullable Comparison comparison,
    String text) {

  /** Episodes that both rules had, or one of them only. */
  public record Comparison(
      String live, Instant since, long both, long onlyLive, long onlyShadow, List<String> latest) {

    static @Nullable Comparison of(@Nullable ShadowReport report) {
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

  /** Whether the newest text is the one that judges. */
  boolean accepted() {
    return problems.isEmpty() && version.equals(inForce);
  }

  static RuleView of(
      RuleText rule, @Nullable RuleStatus status, @Nullable ShadowReport report, long firing) {
    String inForce = status == null ? null : status.getVersion();
    List<String> problems = status == null ? List.of() : status.getProblems();
    boolean shadow = status != null && status.getShadow();
    return new RuleView(
        rule.getName(),
        rule.getVersion(),
        inForce,
        problems,
        rule.getFile(),
        rule.getLine(),
        rule.getBy(),
        rule.getAt(),
        shadow,
        mode(rule, inForce, problems, shadow),
        firing,
        Comparison.of(report),
        rule.getText());
  }

  private static String mode(
      RuleText rule, @Nullable String inForce, List<String> problems, boolean shadow) {
    if (!problems.isEmpty()) {
      return "refused";
    }
    if (!rule.getVersion().equals(inForce)) {
      return "pending";
    }
    return shadow ? "shadow" : "live";
  }
}
