package io.tocsin.alerting.evaluate;

import io.tocsin.alerting.rules.Condition;
import io.tocsin.alerting.rules.Derivation;
import io.tocsin.alerting.rules.Rule;
import io.tocsin.alerting.rules.Selector;
import io.tocsin.alerting.rules.Truth;
import io.tocsin.alerting.signal.Fields;
import io.tocsin.alerting.signal.SignalKind;
import io.tocsin.schemas.Layer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Rules that tests start from. */
final class TestRules {

  /** A condition on one figure; unknown without it. */
  record On(String field, String text, Predicate<Object> test) implements Condition {
    @Override
    public Truth of(Fields fields) {
      Object figure = fields.get(field);
      return figure == null ? Truth.UNKNOWN : Truth.of(test.test(figure));
    }
  }

  private TestRules() {}

  static Condition above(String field, double threshold) {
    return new On(
        field, field + " > " + threshold, figure -> ((Number) figure).doubleValue() > threshold);
  }

  static Condition below(String field, double threshold) {
    return new On(
        field, field + " < " + threshold, figure -> ((Number) figure).doubleValue() < threshold);
  }

  /** Bad above 90, good below 70. */
  static Rule load(int holdSeconds, int clearSeconds) {
    return rule(
        "load",
        SignalKind.APPLICATION,
        new Derivation.None(),
        above("value", 90),
        below("value", 70),
        holdSeconds,
        clearSeconds);
  }

  static Rule down(int holdSeconds, int clearSeconds) {
    return rule(
        "down",
        SignalKind.HEALTH,
        new Derivation.None(),
        new On("up", "!up", Boolean.FALSE::equals),
        null,
        holdSeconds,
        clearSeconds);
  }

  /** Two intervals may be missing. */
  static Rule absent() {
    return rule(
        "absent", SignalKind.ABSENCE, new Derivation.Absence(2), above("missed", 2), null, 0, 0);
  }

  static Rule derived(String name, Derivation derivation, Condition when) {
    return rule(name, SignalKind.APPLICATION, derivation, when, null, 0, 0);
  }

  static Rule rule(
      String name,
      SignalKind signal,
      Derivation derivation,
      Condition when,
      Condition clear,
      int holdSeconds,
      int clearSeconds) {
    return new Rule(
        name,
        "v1",
        null,
        signal,
        Selector.ALL,
        derivation,
        when,
        Duration.ofSeconds(holdSeconds),
        clear,
        Duration.ofSeconds(clearSeconds),
        0,
        null,
        Layer.APPLICATION,
        "{value}",
        null,
        Map.of("team", "web"),
        List.of());
  }

  static Rule edited(Rule rule, String version, Condition when, int holdSeconds) {
    return new Rule(
        rule.name(),
        version,
        rule.shadowOf(),
        rule.signal(),
        rule.select(),
        rule.derivation(),
        when,
        Duration.ofSeconds(holdSeconds),
        rule.clear(),
        rule.clearFor(),
        rule.clearShare(),
        rule.priority(),
        rule.layer(),
        rule.summary(),
        rule.runbook(),
        rule.labels(),
        rule.heal());
  }

  static Rule selecting(Rule rule, Selector select) {
    return new Rule(
        rule.name(),
        "v2",
        rule.shadowOf(),
        rule.signal(),
        select,
        rule.derivation(),
        rule.when(),
        rule.holdFor(),
        rule.clear(),
        rule.clearFor(),
        rule.clearShare(),
        rule.priority(),
        rule.layer(),
        rule.summary(),
        rule.runbook(),
        rule.labels(),
        rule.heal());
  }

  static Rule shadow(Rule rule, String name) {
    return new Rule(
        name,
        rule.version(),
        rule.name(),
        rule.signal(),
        rule.select(),
        rule.derivation(),
        rule.when(),
        rule.holdFor(),
        rule.clear(),
        rule.clearFor(),
        rule.clearShare(),
        rule.priority(),
        rule.layer(),
        rule.summary(),
        rule.runbook(),
        rule.labels(),
        rule.heal());
  }
}
