package io.tocsin.alerting.healing;

import io.tocsin.alerting.healing.config.Action;
import io.tocsin.alerting.healing.config.HealingConfig;
import io.tocsin.alerting.healing.config.Mode;
import io.tocsin.alerting.healing.config.Targets;
import io.tocsin.alerting.healing.config.Verify;
import io.tocsin.alerting.healing.execute.exec.ExecSpec;
import io.tocsin.schemas.Examples;
import io.tocsin.schemas.HealOutcome;
import io.tocsin.schemas.HealPlan;
import io.tocsin.schemas.HealResult;
import io.tocsin.schemas.Priority;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Plans, results and actions that the tests of healing start from. */
public final class HealExamples {

  public static final Instant NOON = Examples.NOON;
  public static final String SHOP = "endpoint/shop";

  /** Cooldown 30 s, 3 attempts an hour, 2 healthy probes within 10 s. */
  public static final Action RESTART =
      new Action(
          "restart-shop",
          new ExecSpec(List.of("/bin/true"), null),
          Targets.of(SHOP, "endpoint/till"),
          Duration.ofSeconds(5),
          null,
          Duration.ofSeconds(30),
          3,
          Duration.ofHours(1),
          null,
          null,
          Verify.probes(2, Duration.ofSeconds(10)));

  public static final HealingConfig AUTO = HealingConfig.of(Mode.AUTO, List.of(RESTART));

  private HealExamples() {}

  /** A plan made at noon for the shop, void after a minute. */
  public static HealPlan plan(String id) {
    return HealPlan.newBuilder()
        .setId(id)
        .setIncidentId("incident-1")
        .setAttempt(1)
        .setAction("restart-shop")
        .setTargetId(SHOP)
        .setService("shop")
        .setPriority(Priority.P0)
        .setReason("down")
        .setCreatedAt(NOON)
        .setNotAfter(NOON.plusSeconds(60))
        .build();
  }

  /** A result for the shop. */
  public static HealResult result(String planId, HealOutcome outcome, Instant at) {
    return HealResult.newBuilder()
        .setPlanId(planId)
        .setIncidentId("incident-1")
        .setAttempt(1)
        .setAction("restart-shop")
        .setTargetId(SHOP)
        .setOutcome(outcome)
        .setReason("")
        .setAt(at)
        .build();
  }
}
