package io.tocsin.alerting.healing.guard;

import static io.tocsin.alerting.healing.HealExamples.AUTO;
import static io.tocsin.alerting.healing.HealExamples.NOON;
import static io.tocsin.alerting.healing.HealExamples.SHOP;
import static io.tocsin.alerting.healing.HealExamples.alert;
import static io.tocsin.alerting.healing.HealExamples.command;
import static io.tocsin.alerting.healing.HealExamples.resource;
import static io.tocsin.alerting.healing.HealExamples.result;

import io.tocsin.alerting.healing.HealExamples;
import io.tocsin.alerting.healing.config.Action;
import io.tocsin.alerting.healing.config.BlastRadius;
import io.tocsin.alerting.healing.config.Evidence;
import io.tocsin.alerting.healing.config.HealingConfig;
import io.tocsin.alerting.healing.config.Mode;
import io.tocsin.alerting.healing.config.Rate;
import io.tocsin.schemas.AlertState;
import io.tocsin.schemas.Command;
import io.tocsin.schemas.CommandKind;
import io.tocsin.schemas.HealOutcome;
import io.tocsin.schemas.HealResult;
import io.tocsin.schemas.Health;
import io.tocsin.schemas.Resource;
import io.tocsin.schemas.ResourceKind;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** What the rows of the guards' tables are made of. */
final class GuardRows {

  private GuardRows() {}

  /** A row: what is changed about a situation that is right, who objects to it, and how. */
  record Row(
      String title, String guard, Class<?> decision, String words, Consumer<Setting> change) {
    @Override
    public String toString() {
      return guard + ": " + title;
    }
  }

  static Row row(
      String guard, Class<?> decision, String title, String words, Consumer<Setting> change) {
    return new Row(title, guard, decision, words, change);
  }

  static void see(Setting setting, String agent, Health health, int afterMs) {
    setting.at(NOON.plusMillis(Math.max(0, afterMs)));
    setting.probe(SHOP, agent, health, NOON.plusMillis(afterMs));
  }

  static void service(Setting setting, String name, Health health) {
    setting.resource(resource(SHOP, ResourceKind.ENDPOINT, null, "shop"));
    setting.resource(resource("endpoint/" + name, ResourceKind.ENDPOINT, null, "shop"));
    setting.probe("endpoint/" + name, "agent-a", health, NOON);
  }

  static void checked(Setting setting, String id) {
    Resource endpoint = resource(id, ResourceKind.ENDPOINT, null, null);
    endpoint.setIntervalMs(1_000);
    endpoint.setLabels(Map.of("target", "http://shop/health"));
    setting.resource(endpoint);
  }

  static void byAlert(Setting setting, String signal, AlertState state) {
    setting.config(AUTO);
    setting.plan.setAlertId("alert-1");
    setting.known.alarms().accept(alert("alert-1", signal, state, NOON));
  }

  static void afterDeployment(Setting setting) {
    Action action = change(HealExamples.RESTART, null, Duration.ofMinutes(10), null);
    setting.config(HealingConfig.of(Mode.AUTO, List.of(action))).down();
    setting.resource(resource(SHOP, ResourceKind.ENDPOINT, null, "shop"));
  }

  static Command deployed(int afterSeconds) {
    Command command = command(CommandKind.DEPLOYED, NOON.plusSeconds(afterSeconds));
    command.setService("shop");
    return command;
  }

  static Action withAfter(Duration after) {
    return change(HealExamples.RESTART, after, null, null);
  }

  static Action change(
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

  static HealingConfig of(Action action) {
    return HealingConfig.of(Mode.AUTO, List.of(action));
  }

  static BlastRadius total(Integer count, Double share) {
    return new BlastRadius(
        null, null, null, new BlastRadius.Limit(count, share), Duration.ofMinutes(1), null);
  }

  static HealingConfig with(Rate rate, Evidence evidence, BlastRadius radius) {
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

  static HealingConfig inZone(BlastRadius radius) {
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

  static HealResult on(HealResult result, String target) {
    result.setTargetId(target);
    return result;
  }

  static HealResult ended(String plan, String target, int secondsAgo) {
    return on(result(plan, HealOutcome.VERIFIED, NOON.minusSeconds(secondsAgo)), target);
  }

  static HealResult failed(String plan, int secondsAgo) {
    return result(plan, HealOutcome.FAILED, NOON.minusSeconds(secondsAgo));
  }

  static HealResult acting(String plan, String target, String service, String host, String zone) {
    HealResult result = on(result(plan, HealOutcome.EXECUTED, NOON.minusSeconds(5)), target);
    result.setService(service);
    result.setHost(host);
    result.setZone(zone);
    return result;
  }
}
