package io.tocsin.alerting.notify.channel.alertmanager;

import io.tocsin.alerting.healing.execute.PlainText;
import io.tocsin.alerting.notify.channel.Identity;
import io.tocsin.alerting.notify.channel.Message;
import io.tocsin.schemas.Incident;
import io.tocsin.schemas.Priority;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The labels of an alert, which are its identity in Alertmanager. */
final class AlertLabels {

  /** What every version of Alertmanager takes as a name. */
  private static final Pattern NAME = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]{0,63}");

  private static final int VALUE = 500;
  private static final int MOST = 20;

  private AlertLabels() {}

  static Map<String, String> of(Message message) {
    Map<String, String> labels = new TreeMap<>();
    new TreeMap<>(message.notification().getLabels())
        .entrySet().stream()
            .filter(label -> NAME.matcher(label.getKey()).matches())
            .limit(MOST)
            .forEach(label -> put(labels, label.getKey(), label.getValue()));
    // Ours last: a rule's label does not take their place.
    put(labels, "alertname", message.incident().map(Incident::getRule).orElse("TocsinIncident"));
    put(labels, "severity", severity(message.notification().getPriority()));
    put(labels, "priority", message.notification().getPriority().name());
    put(labels, "incident", Identity.key(message.dedupKey()));
    put(labels, "service", message.incident().map(Incident::getService).orElse(""));
    put(labels, "resource", message.incident().map(Incident::getResourceId).orElse(""));
    return labels;
  }

  /** The same alert at another priority. */
  static Map<String, String> at(Priority priority, Map<String, String> labels) {
    Map<String, String> other = new TreeMap<>(labels);
    other.put("severity", severity(priority));
    other.put("priority", priority.name());
    return other;
  }

  /** An empty label is no label there. */
  private static void put(Map<String, String> labels, String name, String value) {
    String plain = PlainText.head(value, VALUE);
    if (plain.isEmpty()) {
      labels.remove(name);
    } else {
      labels.put(name, plain);
    }
  }

  private static String severity(Priority priority) {
    return switch (priority) {
      case P0 -> "critical";
      case P1 -> "error";
      case P2 -> "warning";
      case P3 -> "info";
    };
  }
}
