package io.tocsin.alerting.evaluate;

import io.tocsin.schemas.Alert;
import io.tocsin.schemas.AlertState;
import io.tocsin.schemas.ResourceKind;

/** Alerts that tests start from. */
final class TestAlerts {

  private TestAlerts() {}

  static Alert alert(String rule, String id, double since, double at, AlertState state) {
    return Alert.newBuilder()
        .setId(rule + " " + id + " " + since)
        .setRule(rule)
        .setRuleVersion("v1")
        .setSignal("health")
        .setResourceId(id)
        .setKind(ResourceKind.HOST)
        .setState(state)
        .setSince(Scene.at(since))
        .setAt(Scene.at(at))
        .setSummary(rule + " on " + id)
        .build();
  }
}
