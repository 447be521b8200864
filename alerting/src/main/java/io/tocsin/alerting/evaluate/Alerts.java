package io.tocsin.alerting.evaluate;

import io.tocsin.alerting.rules.Rule;
import io.tocsin.schemas.Alert;
import io.tocsin.schemas.AlertState;
import java.time.Instant;
import java.util.List;

/** Writes alerts. */
final class Alerts {

  /** Alerts are read by people: more findings, or longer ones, are cut. */
  private static final int MAX_FINDINGS = 10;

  private static final int MAX_LENGTH = 500;

  private Alerts() {}

  static Alert of(
      Rule rule,
      SeriesState series,
      AlertState state,
      Instant since,
      Instant at,
      String summary,
      List<String> evidence) {
    boolean over = state == AlertState.CLEARED;
    return bare(series, state, since, at, summary, evidence)
        .setRuleVersion(rule.version())
        .setShadow(rule.isShadow())
        .setLayer(rule.layer())
        .setPriority(rule.priority())
        .setUnavailable(!over && series.unavailable())
        .setLabels(rule.labels())
        .setRunbook(rule.runbook())
        .setHeal(rule.heal())
        .build();
  }

  /** The end of an episode whose rule is gone. */
  static Alert orphan(SeriesState series, Instant since, Instant at, String reason) {
    return bare(series, AlertState.CLEARED, since, at, reason, List.of(reason)).build();
  }

  private static Alert.Builder bare(
      SeriesState series,
      AlertState state,
      Instant since,
      Instant at,
      String summary,
      List<String> evidence) {
    Subject subject = series.subject();
    return Alert.newBuilder()
        .setId(Ids.episode(subject, since))
        .setRule(subject.rule())
        .setRuleVersion(series.version())
        .setSignal(subject.signal().word())
        .setResourceId(subject.resourceId())
        .setKind(subject.kind())
        .setSeries(subject.series())
        .setService(subject.service())
        .setTier(subject.tier())
        .setFaultyEnd(subject.faultyEnd())
        .setState(state)
        .setSince(since)
        .setAt(at)
        .setValue(series.value())
        .setSeverity(series.severity())
        .setSummary(cut(summary))
        .setEvidence(evidence.stream().limit(MAX_FINDINGS).map(Alerts::cut).toList());
  }

  private static String cut(String text) {
    return text.length() <= MAX_LENGTH ? text : text.substring(0, MAX_LENGTH) + "…";
  }
}
