package io.tocsin.alerting.healing.guard;

import static io.tocsin.alerting.healing.HealExamples.AUTO;
import static io.tocsin.alerting.healing.HealExamples.NOON;
import static io.tocsin.alerting.healing.HealExamples.SHOP;
import static io.tocsin.alerting.healing.HealExamples.alert;
import static io.tocsin.alerting.healing.HealExamples.command;
import static io.tocsin.alerting.healing.HealExamples.maintenance;
import static io.tocsin.alerting.healing.HealExamples.resource;
import static io.tocsin.alerting.healing.HealExamples.result;
import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.alerting.healing.HealExamples;
import io.tocsin.alerting.healing.config.Action;
import io.tocsin.alerting.healing.config.BlastRadius;
import io.tocsin.alerting.healing.config.Evidence;
import io.tocsin.alerting.healing.config.HealingConfig;
import io.tocsin.alerting.healing.config.Mode;
import io.tocsin.alerting.healing.config.ModeRule;
import io.tocsin.alerting.healing.config.Rate;
import io.tocsin.alerting.healing.execute.TargetState;
import io.tocsin.schemas.AlertState;
import io.tocsin.schemas.Command;
import io.tocsin.schemas.CommandKind;
import io.tocsin.schemas.HealOutcome;
import io.tocsin.schemas.HealResult;
import io.tocsin.schemas.Health;
import io.tocsin.schemas.Priority;
import io.tocsin.schemas.Resource;
import io.tocsin.schemas.ResourceKind;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** One row for each guard and each way it objects; nothing else speaks against the plan. */
class GuardTableTest {

  private static final Class<?> REFUSE = Decision.Refuse.class;
  private static final Class<?> WAIT = Decision.Wait.class;

  /** A row: what is changed about a situation that is right, who objects to it, and how. */
  record Row(
      String title, String guard, Class<?> decision, String words, Consumer<Setting> change) {
    @Override
    public String toString() {
      return guard + ": " + title;
    }
  }

  private static Row row(
      String guard, Class<?> decision, String title, String words, Consumer<Setting> change) {
    return new Row(title, guard, decision, words, change);
  }

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

  static Stream<Row> passes() {
    return Stream.of(
        row(
            "",
            null,
            "a pause that was taken back",
            "",
            s -> {
              s.known.orders().recall(command(CommandKind.HEAL_RESUME, NOON), NOON);
              s.known.orders().recall(command(CommandKind.HEAL_PAUSE, NOON.minusSeconds(1)), NOON);
            }),
        row(
            "",
            null,
            "planned work that is over",
            "",
            s -> s.known.orders().take(maintenance("resource", SHOP, NOON.minusSeconds(3600)))),
        row(
            "",
            null,
            "planned work elsewhere",
            "",
            s -> s.known.orders().take(maintenance("resource", "endpoint/till", NOON))),
        row(
            "",
            null,
            "a deployment lately",
            "",
            s -> {
              afterDeployment(s);
              s.known.orders().recall(deployed(-599), NOON);
            }),
        row(
            "",
            null,
            "one agent that does not know beside one that does",
            "",
            s -> see(s, "agent-b", Health.UNKNOWN, 1)),
        row(
            "",
            null,
            "two agents that agree",
            "",
            s -> {
              s.config(with(null, new Evidence(null, null, null, 2), null)).down();
              see(s, "agent-b", Health.DOWN, 1);
            }),
        row(
            "",
            null,
            "an alert that is about something else than probes",
            "",
            s -> {
              see(s, "agent-a", Health.UP, 1);
              s.plan.setAlertId("alert-1");
              s.known.alarms().accept(alert("alert-1", "efficiency", AlertState.FIRING, NOON));
            }),
        row(
            "",
            null,
            "an alert on what is not probed",
            "",
            s -> byAlert(s, "efficiency", AlertState.FIRING)),
        row(
            "",
            null,
            "the only one that is unwell",
            "",
            s -> s.config(with(null, null, total(null, 0.0))).down()),
        row(
            "",
            null,
            "an owner nobody cares about",
            "",
            s -> {
              Action action = change(HealExamples.RESTART, null, null, true);
              s.config(HealingConfig.of(Mode.AUTO, List.of(action))).down();
              s.looked = new TargetState("x", Map.of(), Optional.of("kubelet"));
            }),
        row(
            "",
            null,
            "failures before a promotion",
            "",
            s -> {
              s.past(failed("a", 9000), failed("b", 8000), failed("c", 7000), failed("d", 6500));
              s.known.trust().promote("/restart-shop/endpoint", NOON.minusSeconds(6000));
            }),
        row(
            "",
            null,
            "a person who agreed",
            "",
            s -> {
              s.config(HealingConfig.of(Mode.APPROVE, AUTO.actions())).down();
              s.past(result("p", HealOutcome.AWAITING_APPROVAL, NOON.minusSeconds(600)));
              s.plan.setCreatedAt(NOON.minusSeconds(600));
              s.plan.setNotAfter(NOON.minusSeconds(540));
              s.approval = new Approval(true, "ada", "", NOON.minusSeconds(59));
            }),
        row(
            "",
            null,
            "a rule that lets it run in this environment",
            "",
            s ->
                s.config(
                        new HealingConfig(
                            Mode.OBSERVE,
                            List.of(
                                new ModeRule("*", List.of(Priority.P3), null, Mode.APPROVE),
                                new ModeRule("restart-*", null, "prod*", Mode.AUTO)),
                            AUTO.actions(),
                            null,
                            null,
                            null,
                            null,
                            null,
                            null,
                            Map.of("production", List.of("endpoint/*")),
                            null,
                            null,
                            null))
                    .down()));
  }

  @ParameterizedTest
  @MethodSource("passes")
  void doesNotObject(Row row) {
    Setting setting = new Setting().down();
    row.change().accept(setting);
    assertThat(setting.decide()).isInstanceOf(Decision.Allow.class);
  }

  @Test
  void anApprovalIsFreshForAsLongAsThePlanWas() {
    Setting setting = new Setting().config(HealingConfig.of(Mode.APPROVE, AUTO.actions()));
    setting.past(result("p", HealOutcome.AWAITING_APPROVAL, NOON)).at(NOON.plusSeconds(660)).down();
    setting.approval = new Approval(true, "ada", "", NOON.plusSeconds(600));
    assertThat(setting.decide().toString()).contains("guard=freshness");
  }

  private static void see(Setting setting, String agent, Health health, int afterMs) {
    setting.at(NOON.plusMillis(Math.max(0, afterMs)));
    setting.probe(SHOP, agent, health, NOON.plusMillis(afterMs));
  }

  private static void service(Setting setting, String name, Health health) {
    setting.resource(resource(SHOP, ResourceKind.ENDPOINT, null, "shop"));
    setting.resource(resource("endpoint/" + name, ResourceKind.ENDPOINT, null, "shop"));
    setting.probe("endpoint/" + name, "agent-a", health, NOON);
  }

  private static void checked(Setting setting, String id) {
    Resource endpoint = resource(id, ResourceKind.ENDPOINT, null, null);
    endpoint.setIntervalMs(1_000);
    endpoint.setLabels(Map.of("target", "http://shop/health"));
    setting.resource(endpoint);
  }

  private static void byAlert(Setting setting, String signal, AlertState state) {
    setting.config(AUTO);
    setting.plan.setAlertId("alert-1");
    setting.known.alarms().accept(alert("alert-1", signal, state, NOON));
  }

  private static void afterDeployment(Setting setting) {
    Action action = change(HealExamples.RESTART, null, Duration.ofMinutes(10), null);
    setting.config(HealingConfig.of(Mode.AUTO, List.of(action))).down();
    setting.resource(resource(SHOP, ResourceKind.ENDPOINT, null, "shop"));
  }

  private static Command deployed(int afterSeconds) {
    Command command = command(CommandKind.DEPLOYED, NOON.plusSeconds(afterSeconds));
    command.setService("shop");
    return command;
  }

  private static Action withAfter(Duration after) {
    return change(HealExamples.RESTART, after, null, null);
  }

  private static Action change(
      Action action, Duration after, Duration afterDeployment, Boolean ignoreOwner) {
    return new Action(
        action.name(),
        action.does(),
        action.targets(),
        action.timeout(),
        after,
        action.cooldown(),
        action.maxAttempts(),
        action.attemptsWithin(),
        afterDeployment,
        ignoreOwner,
        action.verify());
  }

  private static HealingConfig of(Action action) {
    return HealingConfig.of(Mode.AUTO, List.of(action));
  }

  private static BlastRadius total(Integer count, Double share) {
    return new BlastRadius(
        null, null, null, new BlastRadius.Limit(count, share), Duration.ofMinutes(1), null);
  }

  private static HealingConfig with(Rate rate, Evidence evidence, BlastRadius radius) {
    return new HealingConfig(
        Mode.AUTO,
        null,
        AUTO.actions(),
        null,
        radius,
        rate,
        evidence,
        null,
        null,
        null,
        null,
        null,
        null);
  }

  private static HealingConfig inZone(BlastRadius radius) {
    return new HealingConfig(
        Mode.AUTO,
        null,
        AUTO.actions(),
        null,
        radius,
        null,
        null,
        null,
        null,
        null,
        Map.of("a", List.of("endpoint/*")),
        null,
        null);
  }

  private static HealResult on(HealResult result, String target) {
    result.setTargetId(target);
    return result;
  }

  private static HealResult ended(String plan, String target, int secondsAgo) {
    return on(result(plan, HealOutcome.VERIFIED, NOON.minusSeconds(secondsAgo)), target);
  }

  private static HealResult failed(String plan, int secondsAgo) {
    return result(plan, HealOutcome.FAILED, NOON.minusSeconds(secondsAgo));
  }

  private static HealResult acting(
      String plan, String target, String service, String host, String zone) {
    HealResult result = on(result(plan, HealOutcome.EXECUTED, NOON.minusSeconds(5)), target);
    result.setService(service);
    result.setHost(host);
    result.setZone(zone);
    return result;
  }
}
