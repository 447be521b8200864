package io.tocsin.alerting.evaluate;

import io.tocsin.schemas.Alert;
import io.tocsin.schemas.ResourceKind;
import io.tocsin.schemas.Tier;
import java.time.Instant;

/** What follows from one input. */
public sealed interface Outcome {

  /** What a rule says of a series has changed. */
  record Changed(Alert alert) implements Outcome {}

  /**
   * A figure that a rule compares with that of another resource.
   *
   * @param rule name of the rule
   * @param resourceId whose figure it is
   * @param kind kind of that resource
   * @param series which window or source it is from; only figures of one series are compared
   * @param service service the resource belongs to; null if none
   * @param tier how much the system depends on it
   * @param at event time at which its window begins, so that windows of two resources meet
   * @param value the figure
   * @param caller id of the calling end, where one observation knows both ends of a call: it is
   *     then of the called end, and {@code value} is what the caller saw; null elsewhere
   * @param callee what the called end saw, in that case; otherwise null
   */
  record Fact(
      String rule,
      String resourceId,
      ResourceKind kind,
      String series,
      String service,
      Tier tier,
      Instant at,
      double value,
      String caller,
      Double callee)
      implements Outcome {}

  /**
   * An input changed nothing that people see, for a reason. To be counted.
   *
   * @param rule name of the rule that held it; empty if no rule was asked
   */
  record Held(String rule, Reason reason) implements Outcome {}
}
