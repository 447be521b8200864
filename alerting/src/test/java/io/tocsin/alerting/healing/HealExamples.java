package io.tocsin.alerting.healing;

import io.tocsin.alerting.healing.config.Action;
import io.tocsin.alerting.healing.config.HealingConfig;
import io.tocsin.alerting.healing.config.Mode;
import io.tocsin.alerting.healing.config.Targets;
import io.tocsin.alerting.healing.config.Verify;
import io.tocsin.alerting.healing.execute.ExecutorSpec;
import io.tocsin.alerting.healing.execute.exec.ExecSpec;
import io.tocsin.schemas.Alert;
import io.tocsin.schemas.AlertState;
import io.tocsin.schemas.Command;
import io.tocsin.schemas.CommandKind;
import io.tocsin.schemas.Examples;
import io.tocsin.schemas.HealOutcome;
import io.tocsin.schemas.HealPlan;
import io.tocsin.schemas.HealResult;
import io.tocsin.schemas.Health;
import io.tocsin.schemas.Matcher;
import io.tocsin.schemas.Priority;
import io.tocsin.schemas.Probe;
import io.tocsin.schemas.Resource;
import io.tocsin.schemas.ResourceKind;
import io.tocsin.schemas.Silence;
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

  /** The same action on other targets, or by another way. */
  public static Action action(String name, ExecutorSpec does, String... targets) {
    return new Action(
        name,
        does,
        Targets.of(targets),
        Duration.ofSeconds(5),
        null,
        Duration.ofSeconds(30),
        3,
        Duration.ofHours(1),
        null,
        null,
        Verify.probes(2, Duration.ofSeconds(10)));
  }

  /** A probe by one agent, one every second. */
  public static Probe probe(String resource, String agent, Health health, Instant at) {
    Probe probe = Examples.probe(health, at);
    probe.setResourceId(resource);
    probe.getOrigin().setAgent(agent);
    return probe;
  }

  /** An alert of rule {@code shop-leaks} on the shop. */
  public static Alert alert(String id, String signal, AlertState state, Instant at) {
    return Alert.newBuilder()
        .setId(id)
        .setRule("shop-leaks")
        .setRuleVersion("1")
        .setSignal(signal)
        .setResourceId(SHOP)
        .setState(state)
        .setSince(NOON)
        .setAt(at)
        .setSummary("leaks")
        .build();
  }

  /** Something of the inventory. */
  public static Resource resource(String id, ResourceKind kind, String parent, String service) {
    return Resource.newBuilder()
        .setId(id)
        .setKind(kind)
        .setName(id.substring(id.indexOf('/') + 1))
        .setParent(parent)
        .setService(service)
        .setUpdatedAt(NOON)
        .build();
  }

  /** What somebody says. */
  public static Command command(CommandKind kind, Instant at) {
    return Command.newBuilder()
        .setId(kind + "-" + at)
        .setKind(kind)
        .setBy("ada")
        .setAt(at)
        .setText("because")
        .build();
  }

  /** Planned work for an hour. */
  public static Silence maintenance(String field, String glob, Instant from) {
    return Silence.newBuilder()
        .setId("work-1")
        .setMatchers(List.of(new Matcher(field, glob, false)))
        .setReason("new disks")
        .setBy("bob")
        .setStartsAt(from)
        .setEndsAt(from.plusSeconds(3600))
        .setMaintenance(true)
        .build();
  }
}
