package io.tocsin.streams.topology;

import io.micrometer.core.instrument.MeterRegistry;
import io.tocsin.schemas.Violation;
import io.tocsin.streams.policy.Decision;
import io.tocsin.streams.policy.Judgement;
import java.util.Locale;

/** What the policy processor counts. */
final class PolicyMeters {

  private final MeterRegistry meters;

  PolicyMeters(MeterRegistry meters) {
    this.meters = meters;
  }

  void judged(Judgement judgement) {
    Decision decision = judgement.decision();
    if (decision instanceof Decision.NotJudged notJudged) {
      count("tocsin.streams.policy.notjudged", "reason", word(notJudged.why()));
      return;
    }
    boolean isAllowed = decision instanceof Decision.Allowed;
    count("tocsin.streams.policy.judged", "decision", isAllowed ? "allowed" : "denied");
    for (Violation violation : judgement.violations()) {
      count("tocsin.streams.policy.violations", "severity", word(violation.getSeverity()));
    }
    judgement.troubles().forEach(each -> trouble("condition_failed"));
    for (int i = 0; i < judgement.auditsLeftOut(); i++) {
      leftOut("audits_over_limit");
    }
  }

  void trouble(String reason) {
    count("tocsin.streams.policy.troubles", "reason", reason);
  }

  /** Something was not taken: a repeated event, an older scan, an image too many. */
  void leftOut(String reason) {
    count("tocsin.streams.policy.leftout", "reason", reason);
  }

  /** An event from the future was taken for one of its arrival. */
  void clamped() {
    count("tocsin.streams.policy.skewed", "reason", "ahead");
  }

  private void count(String name, String tag, String value) {
    meters.counter(name, tag, value).increment();
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
