package io.tocsin.alerting.replay.test;

import io.tocsin.alerting.replay.test.Expectation.ExpectedAlert;
import io.tocsin.alerting.replay.test.Expectation.ExpectedIncident;
import io.tocsin.alerting.yaml.YamlObject;
import io.tocsin.alerting.yaml.YamlText;
import io.tocsin.schemas.AlertState;
import io.tocsin.schemas.IncidentState;
import io.tocsin.schemas.Priority;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Reads what a test expects. */
final class ExpectationReader {

  private static final List<String> KEYS =
      List.of("at", "alerts", "incidents", "notifications", "heal");
  private static final List<String> ALERT =
      List.of("rule", "resource", "series", "state", "faulty-end", "summary");
  private static final List<String> INCIDENT =
      List.of("rule", "resource", "priority", "state", "notified", "not-notified");
  private static final double MOST_NOTIFICATIONS = 1_000_000;

  private ExpectationReader() {}

  static Optional<Expectation> read(YamlObject object) {
    object.allow(KEYS);
    Optional<Duration> at = object.required("at").flatMap(YamlText::span);
    if (object.names().size() < 2) {
      object.problem("", "expects nothing; say alerts, incidents, notifications or heal");
    }
    List<ExpectedAlert> alerts =
        object.has("alerts")
            ? object.objects("alerts").stream().map(ExpectationReader::alert).toList()
            : null;
    List<ExpectedIncident> incidents =
        object.has("incidents")
            ? object.objects("incidents").stream().map(ExpectationReader::incident).toList()
            : null;
    Integer notifications =
        object
            .text("notifications")
            .flatMap(text -> text.number(0, MOST_NOTIFICATIONS))
            .map(Double::intValue)
            .orElse(null);
    List<String> heal =
        object.has("heal") ? object.texts("heal").stream().map(YamlText::value).toList() : null;
    return at.map(
        moment -> new Expectation(moment, object.line(), alerts, incidents, notifications, heal));
  }

  private static ExpectedAlert alert(YamlObject object) {
    object.allow(ALERT);
    return new ExpectedAlert(
        object.required("rule").map(YamlText::value).orElse(""),
        text(object, "resource"),
        text(object, "series"),
        object.text("state").flatMap(text -> text.word(AlertState.class)).orElse(AlertState.FIRING),
        text(object, "faulty-end"),
        text(object, "summary"));
  }

  private static ExpectedIncident incident(YamlObject object) {
    object.allow(INCIDENT);
    return new ExpectedIncident(
        text(object, "rule"),
        text(object, "resource"),
        object.text("priority").flatMap(text -> text.word(Priority.class)).orElse(null),
        object
            .text("state")
            .flatMap(text -> text.word(IncidentState.class))
            .orElse(IncidentState.OPEN),
        names(object, "notified"),
        names(object, "not-notified"));
  }

  private static List<String> names(YamlObject object, String key) {
    return object.has(key) ? object.texts(key).stream().map(YamlText::value).toList() : null;
  }

  private static String text(YamlObject object, String key) {
    return object.text(key).map(YamlText::value).orElse(null);
  }
}
