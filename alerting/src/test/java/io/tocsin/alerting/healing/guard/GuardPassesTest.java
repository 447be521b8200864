package io.tocsin.alerting.healing.guard;

import static io.tocsin.alerting.healing.HealExamples.AUTO;
import static io.tocsin.alerting.healing.HealExamples.NOON;
import static io.tocsin.alerting.healing.HealExamples.SHOP;
import static io.tocsin.alerting.healing.HealExamples.alert;
import static io.tocsin.alerting.healing.HealExamples.command;
import static io.tocsin.alerting.healing.HealExamples.maintenance;
import static io.tocsin.alerting.healing.HealExamples.result;
import static io.tocsin.alerting.healing.guard.GuardRows.afterDeployment;
import static io.tocsin.alerting.healing.guard.GuardRows.byAlert;
import static io.tocsin.alerting.healing.guard.GuardRows.change;
import static io.tocsin.alerting.healing.guard.GuardRows.deployed;
import static io.tocsin.alerting.healing.guard.GuardRows.failed;
import static io.tocsin.alerting.healing.guard.GuardRows.row;
import static io.tocsin.alerting.healing.guard.GuardRows.see;
import static io.tocsin.alerting.healing.guard.GuardRows.total;
import static io.tocsin.alerting.healing.guard.GuardRows.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.alerting.healing.HealExamples;
import io.tocsin.alerting.healing.config.Action;
import io.tocsin.alerting.healing.config.Evidence;
import io.tocsin.alerting.healing.config.HealingConfig;
import io.tocsin.alerting.healing.config.Mode;
import io.tocsin.alerting.healing.config.ModeRule;
import io.tocsin.alerting.healing.execute.TargetState;
import io.tocsin.alerting.healing.guard.GuardRows.Row;
import io.tocsin.schemas.AlertState;
import io.tocsin.schemas.CommandKind;
import io.tocsin.schemas.HealOutcome;
import io.tocsin.schemas.Health;
import io.tocsin.schemas.Priority;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** One row for each guard and each way it has nothing to say, though it looks as if it had. */
class GuardPassesTest {

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
}
