package io.tocsin.alerting.incident;

import io.tocsin.alerting.rule.HealPolicy;
import io.tocsin.alerting.rule.Rule;
import io.tocsin.alerting.rule.SignalKind;
import java.time.Duration;
import java.util.List;

/** Rules that tests start from. */
public final class Rules {

  /** Two attempts, 10 s apart, void after 30 s, over after 60 s. */
  public static final HealPolicy RESTART =
      new HealPolicy(
          "shop",
          "restart",
          2,
          Duration.ofSeconds(10),
          Duration.ofSeconds(30),
          Duration.ofSeconds(60));

  private Rules() {}

  public static Rule availability(int badForSeconds, int clearForSeconds, HealPolicy... policies) {
    return new Rule(
        "availability",
        SignalKind.HEALTH,
        Duration.ofSeconds(badForSeconds),
        Duration.ofSeconds(clearForSeconds),
        null,
        List.of(policies));
  }

  public static Rule bottleneck() {
    return new Rule(
        "bottleneck", SignalKind.BOTTLENECK, Duration.ZERO, Duration.ZERO, null, List.of());
  }
}
