package io.tocsin.alerting.rule;

import io.tocsin.schemas.Priority;
import io.tocsin.schemas.Tier;
import java.time.Duration;
import java.time.Instant;

/**
 * How soon somebody has to act, and why: the mission's four priorities.
 *
 * <p>P0 the system is unavailable: act at once. P1 a core function is affected: within 1 hour. P2 a
 * non-core function is affected: within 4 hours. P3 a performance problem: within 24 hours.
 *
 * @param priority how soon
 * @param reason why, in words
 */
public record Classification(Priority priority, String reason) {

  /** Classifies what a rule has found. */
  public static Classification of(Rule rule, Signal signal) {
    if (rule.fixedPriority() != null) {
      return new Classification(
          rule.fixedPriority(), "rule " + rule.name() + " fixes " + rule.fixedPriority());
    }
    if (signal.kind() == SignalKind.BOTTLENECK) {
      return new Classification(Priority.P3, "performance problem: " + signal.aspect());
    }
    String subject = signal.service() == null ? signal.resourceId() : "service " + signal.service();
    String extent =
        subject
            + ", "
            + signal.share().down()
            + " of "
            + signal.share().known()
            + " known endpoints down";
    if (signal.tier() != Tier.CORE) {
      return new Classification(Priority.P2, "non-core function affected: " + extent);
    }
    return signal.share().isWhole()
        ? new Classification(Priority.P0, "system unavailable: core " + extent)
        : new Classification(Priority.P1, "core function affected: core " + extent);
  }

  /** When the priority's promise ends. */
  public Instant dueAt(Instant startedAt) {
    return startedAt.plus(
        switch (priority) {
          case P0 -> Duration.ZERO;
          case P1 -> Duration.ofHours(1);
          case P2 -> Duration.ofHours(4);
          case P3 -> Duration.ofHours(24);
        });
  }
}
