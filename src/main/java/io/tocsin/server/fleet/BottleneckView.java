package io.tocsin.server.fleet;

import io.tocsin.schemas.Advice;
import io.tocsin.schemas.Bottleneck;
import java.time.Instant;
import java.util.List;

/**
 * A shortage as the API shows it. Texts are for people, commands too: nothing here is ever run.
 *
 * @param since when its threshold was first passed
 * @param at of the newest evidence
 * @param confidence 0 to 1
 * @param runnerUp the kind that would be named if this one were not; null without one
 * @param remedy title of the first advice; null without one
 */
public record BottleneckView(
    String resource,
    String resourceKind,
    String service,
    String kind,
    String severity,
    boolean active,
    Instant since,
    Instant at,
    double value,
    double threshold,
    String unit,
    double confidence,
    String runnerUp,
    List<String> evidence,
    String remedy,
    List<Hint> advice) {

  /** What the tuning catalogue advises. */
  public record Hint(
      String id, String title, String command, String risk, String source, String because) {

    static Hint of(Advice advice) {
      return new Hint(
          advice.getId(),
          advice.getTitle(),
          advice.getCommand(),
          advice.getRisk(),
          advice.getSource(),
          advice.getBecause());
    }
  }

  static BottleneckView of(Bottleneck found) {
    return new BottleneckView(
        found.getResourceId(),
        found.getResourceKind().name(),
        found.getService(),
        found.getKind().name(),
        found.getSeverity().name(),
        found.getActive(),
        found.getSince(),
        found.getAt(),
        found.getValue(),
        found.getThreshold(),
        found.getUnit(),
        found.getConfidence(),
        found.getRunnerUp() == null ? null : found.getRunnerUp().name(),
        found.getEvidence(),
        found.getRemedy(),
        found.getAdvice().stream().map(Hint::of).toList());
  }
}
