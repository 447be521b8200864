package io.tocsin.alerting.healing.guard;

import static io.tocsin.alerting.healing.HealExamples.AUTO;
import static io.tocsin.alerting.healing.HealExamples.NOON;
import static io.tocsin.alerting.healing.HealExamples.SHOP;
import static io.tocsin.alerting.healing.HealExamples.command;
import static io.tocsin.alerting.healing.HealExamples.maintenance;
import static io.tocsin.alerting.healing.HealExamples.resource;
import static io.tocsin.alerting.healing.HealExamples.result;
import static io.tocsin.alerting.healing.guard.GuardRows.acting;
import static io.tocsin.alerting.healing.guard.GuardRows.afterDeployment;
import static io.tocsin.alerting.healing.guard.GuardRows.byAlert;
import static io.tocsin.alerting.healing.guard.GuardRows.checked;
import static io.tocsin.alerting.healing.guard.GuardRows.deployed;
import static io.tocsin.alerting.healing.guard.GuardRows.ended;
import static io.tocsin.alerting.healing.guard.GuardRows.failed;
import static io.tocsin.alerting.healing.guard.GuardRows.inZone;
import static io.tocsin.alerting.healing.guard.GuardRows.of;
import static io.tocsin.alerting.healing.guard.GuardRows.row;
import static io.tocsin.alerting.healing.guard.GuardRows.see;
import static io.tocsin.alerting.healing.guard.GuardRows.service;
import static io.tocsin.alerting.healing.guard.GuardRows.total;
import static io.tocsin.alerting.healing.guard.GuardRows.with;
import static io.tocsin.alerting.healing.guard.GuardRows.withAfter;
import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.alerting.healing.HealExamples;
import io.tocsin.alerting.healing.config.BlastRadius;
import io.tocsin.alerting.healing.config.Evidence;
import io.tocsin.alerting.healing.config.HealingConfig;
import io.tocsin.alerting.healing.config.Mode;
import io.tocsin.alerting.healing.config.Rate;
import io.tocsin.alerting.healing.execute.TargetState;
import io.tocsin.alerting.healing.guard.GuardRows.Row;
import io.tocsin.schemas.AlertState;
import io.tocsin.schemas.CommandKind;
import io.tocsin.schemas.HealOutcome;
import io.tocsin.schemas.Health;
import io.tocsin.schemas.ResourceKind;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** One row for each guard and each way it objects; nothing else speaks against the plan. */
class GuardTableTest {

  private static final Class<?> REFUSE = Decision.Refuse.class;
  private static final Class<?> WAIT = Decision.Wait.class;

  static Stream<Row> rows() {
    return Stream.of(
        row(
            "duplicate",
            Decision.Ignore.class,
            "answered before",
            "was answered at",
            s -> s.past(result("p", HealOutcome.REFUSED, NOON))),
        row("form", REFUSE, "an id that is none", "must match", s -> s.plan.setIncidentId("a b")),
        row("action", REFUSE, "not configured", "no action", s -> s.plan.setAction("reboot")),
        row(
            "target",
            REFUSE,
            "not the action's",
            "may not act on",
            s -> s.plan.setTargetId("endpoint/bank")),
        row("freshness", REFUSE, "too late", "void since", s -> s.plan.setNotAfter(NOON)),
        row(
            "paused",
            REFUSE,
            "by a person",
            "by ada: because",
            s -> s.known.orders().recall(command(CommandKind.HEAL_PAUSE, NOON), NOON)),
        row(
            "maintenance",
            REFUSE,
            "on the target",
            "planned work by bob: new disks",
            s -> s.known.orders().take(maintenance("resource", SHOP, NOON))),
        row(
            "maintenance",
            REFUSE,
            "on what it runs on",
            "planned work by bob: new disks",
            s -> {
              s.resource(resource(SHOP, ResourceKind.ENDPOINT, "host/web-1", "shop"));
              s.resource(resource("host/web-1", ResourceKind.HOST, null, null));
              s.known.orders().take(maintenance("resource", "host/web-*", NOON));
            }),
        row(
            "maintenance",
            REFUSE,
            "on its service",
            "planned work by bob: new disks",
            s -> {
              s.resource(resource(SHOP, ResourceKind.ENDPOINT, null, "shop"));
              s.known.orders().take(maintenance("service", "shop", NOON));
            }),
        row(
            "deployment",
            REFUSE,
            "of which nobody knows",
            "no deployment of shop",
            s -> afterDeployment(s)),
        row(
            "deployment",
            REFUSE,
            "long ago",
            "more than 10m ago",
            s -> {
              afterDeployment(s);
              s.known.orders().recall(deployed(-600), NOON);
            }),
        row(
            "after",
            WAIT,
            "people have their time",
            "people have time until",
            s -> s.config(of(withAfter(Duration.ofSeconds(20)))).down()),
        row(
            "one-at-a-time",
            REFUSE,
            "under way",
            "plan q for it is at EXECUTED",
            s -> s.past(result("q", HealOutcome.EXECUTED, NOON.minusSeconds(600)))),
        row(
            "one-at-a-time",
            REFUSE,
            "before a person",
            "plan q for it is at AWAITING_APPROVAL",
            s -> s.past(result("q", HealOutcome.AWAITING_APPROVAL, NOON.minusSeconds(600)))),
        row(
            "cooldown",
            REFUSE,
            "resting",
            "it rests until",
            s -> s.past(result("q", HealOutcome.VERIFIED, NOON.minusSeconds(29)))),
        row(
            "attempts",
            REFUSE,
            "used up",
            "3 of 3 attempts",
            s -> s.past(ended("a", SHOP, 600), ended("b", SHOP, 500), ended("c", SHOP, 400))),
        row(
            "rate",
            REFUSE,
            "too many of all targets",
            "1 of 1 actions",
            s ->
                s.config(with(new Rate(1, null), null, null))
                    .down()
                    .past(ended("a", "endpoint/till", 400))),
        row("health", REFUSE, "up", "already healthy", s -> see(s, "agent-a", Health.UP, 1)),
        row("health", WAIT, "unknown", "UNKNOWN", s -> see(s, "agent-a", Health.UNKNOWN, 1)),
        row("health", WAIT, "not seen lately", "is too old", s -> s.at(NOON.plusSeconds(4))),
        row(
            "health",
            REFUSE,
            "agents contradict",
            "1 see it down, 1 see it up",
            s -> see(s, "agent-b", Health.UP, 1)),
        row(
            "health",
            WAIT,
            "another has not looked since",
            "have not looked since",
            s -> see(s, "agent-b", Health.UP, -1)),
        row(
            "health",
            WAIT,
            "one of two that have to",
            "1 of 2 agents see it down; 2 have to",
            s -> {
              s.config(with(null, new Evidence(null, null, null, 2), null)).down();
              see(s, "agent-b", Health.UNKNOWN, 1);
            }),
        row(
            "health",
            REFUSE,
            "the alert has cleared",
            "is CLEARED",
            s -> byAlert(s, "efficiency", AlertState.CLEARED)),
        row(
            "health",
            WAIT,
            "nobody knows of the alert",
            "is UNKNOWN",
            s -> byAlert(s, "efficiency", AlertState.UNKNOWN)),
        row("health", WAIT, "the alert was not seen", "nor the alert", s -> s.config(AUTO)),
        row(
            "completeness",
            WAIT,
            "the view has failed",
            "only 1 of 3 probed",
            s -> {
              s.probe("host/a", "agent-a", Health.UP, NOON.minusSeconds(60));
              s.probe("host/b", "agent-a", Health.UP, NOON.minusSeconds(60));
            }),
        row(
            "completeness",
            WAIT,
            "hardly anything was read since the start",
            "only 1 of 3 probed",
            s -> {
              checked(s, "endpoint/a");
              checked(s, "endpoint/b");
            }),
        row(
            "healthy-share",
            REFUSE,
            "too few would be left",
            "only 1 besides it",
            s -> {
              service(s, "a", Health.UP);
              service(s, "b", Health.DOWN);
            }),
        row(
            "healthy-share",
            REFUSE,
            "those acted on are not healthy",
            "only 1 besides it",
            s -> {
              service(s, "a", Health.UP);
              service(s, "b", Health.UP);
              s.past(acting("q", "endpoint/b", "shop", "", ""));
            }),
        row(
            "blast-radius",
            WAIT,
            "of its service",
            "1 of at most 1 are being acted on in service",
            s -> {
              s.resource(resource(SHOP, ResourceKind.ENDPOINT, null, "shop"));
              s.past(acting("q", "endpoint/till", "shop", "", ""));
            }),
        row(
            "blast-radius",
            WAIT,
            "on its machine",
            "2 of at most 2 are being acted on in host",
            s -> {
              s.resource(resource(SHOP, ResourceKind.ENDPOINT, "host/web-1", "shop"));
              s.past(acting("q", "endpoint/q", "", "host/web-1", ""));
              s.past(acting("r", "endpoint/r", "", "host/web-1", ""));
            }),
        row(
            "blast-radius",
            WAIT,
            "in its zone",
            "2 of at most 2 are being acted on in zone a",
            s -> {
              s.config(inZone(BlastRadius.DEFAULT)).down();
              s.past(acting("q", "endpoint/q", "", "", "a"));
              s.past(acting("r", "endpoint/r", "", "", "a"));
            }),
        row(
            "blast-radius",
            WAIT,
            "in total",
            "1 of at most 1 are being acted on in total",
            s ->
                s.config(with(null, null, total(1, null)))
                    .down()
                    .past(acting("q", "endpoint/q", "", "", ""))),
        row(
            "blast-radius",
            WAIT,
            "acted on lately",
            "1 of at most 1 are being acted on in total",
            s ->
                s.config(with(null, null, total(1, null)))
                    .down()
                    .past(ended("q", "endpoint/q", 59))),
        row(
            "blast-radius",
            WAIT,
            "too many unwell",
            "1 of 3 besides it",
            s -> {
              s.config(with(null, null, total(null, 0.4))).down();
              s.probe("host/a", "agent-a", Health.DOWN, NOON);
            }),
        row("ownership", Decision.Look.class, "nobody has looked", "", s -> s.looked = null),
        row(
            "ownership",
            REFUSE,
            "in other hands",
            "kubelet restarts it",
            s -> s.looked = new TargetState("x", Map.of(), Optional.of("kubelet restarts it"))),
        row(
            "autonomy",
            Decision.AwaitApproval.class,
            "has not helped",
            "helped 0 of 4 times",
            s ->
                s.past(failed("a", 9000), failed("b", 8000), failed("c", 7000), failed("d", 6500))),
        row(
            "mode",
            REFUSE,
            "observe",
            "every other guard agreed",
            s -> s.config(HealingConfig.of(null, AUTO.actions())).down()),
        row(
            "mode",
            Decision.AwaitApproval.class,
            "approve",
            "a person has to agree",
            s -> s.config(HealingConfig.of(Mode.APPROVE, AUTO.actions())).down()));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void objects(Row row) {
    Setting setting = new Setting().down();
    row.change().accept(setting);
    Judgement judgement = setting.judge();
    assertThat(judgement.decision()).isInstanceOf(row.decision());
    assertThat(judgement.decision().toString()).contains(row.words());
    if (!(judgement.decision() instanceof Decision.Look)) {
      assertThat(judgement.decision().toString()).contains("guard=" + row.guard());
    }
    List<String> order = GuardChain.names().toList();
    assertThat(judgement.passed()).isEqualTo(order.subList(0, order.indexOf(row.guard())));
  }

  @Test
  void everyGuardHasARow() {
    assertThat(rows().map(Row::guard).collect(Collectors.toSet()))
        .containsExactlyInAnyOrderElementsOf(GuardChain.names().toList());
  }

  @Test
  void aPlanThatNothingSpeaksAgainstPassesAllOfThem() {
    assertThat(new Setting().down().judge())
        .isEqualTo(
            new Judgement(new Decision.Allow(HealExamples.RESTART), GuardChain.names().toList()));
  }
}
