package io.tocsin.server;

import io.tocsin.alerting.incidents.SilencePreview;
import io.tocsin.schemas.Alert;
import io.tocsin.schemas.AlertState;
import io.tocsin.schemas.Incident;
import io.tocsin.schemas.RuleStatus;
import io.tocsin.schemas.RuleText;
import io.tocsin.schemas.ShadowReport;
import io.tocsin.schemas.Silence;
import io.tocsin.schemas.exchange.Received;
import io.tocsin.schemas.topic.Topic;
import io.tocsin.schemas.topic.Topics;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecordBase;

/**
 * What alerting tells of itself: rules, alerts, silences. Bounded: of alerts the newest {@value
 * #ALERTS_KEPT} stay. Not thread-safe; {@link Views} sees to that.
 */
final class AlertingViews {

  static final int ALERTS_KEPT = 2_000;

  private final Map<String, RuleText> rules = new TreeMap<>();
  private final Map<String, RuleStatus> statuses = new TreeMap<>();
  private final Map<String, ShadowReport> comparisons = new TreeMap<>();
  private final Map<String, Silence> silences = new TreeMap<>();
  private final Map<String, Alert> alerts =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Alert> eldest) {
          return size() > ALERTS_KEPT;
        }
      };

  void apply(Received<?> received) {
    take(received, Topics.RULES, rules);
    take(received, Topics.RULE_STATUS, statuses);
    take(received, Topics.SHADOW_REPORTS, comparisons);
    take(received, Topics.SILENCES, silences);
    received
        .as(Topics.ALERTS)
        .ifPresent(
            alert -> {
              alerts.remove(alert.getId()); // the newest word goes to the end
              alerts.put(alert.getId(), alert);
            });
  }

  private static <V extends SpecificRecordBase> void take(
      Received<?> received, Topic<V> topic, Map<String, V> into) {
    if (received.topic().name().equals(topic.name())) {
      received
          .as(topic)
          .ifPresentOrElse(
              value -> into.put(received.key(), value), () -> into.remove(received.key()));
    }
  }

  List<RuleView> rules() {
    Map<String, Long> firing = new TreeMap<>();
    alerts.values().stream()
        .filter(alert -> isOn(alert.getState()))
        .forEach(alert -> firing.merge(alert.getRule(), 1L, Long::sum));
    return rules.values().stream()
        .map(
            rule ->
                RuleView.of(
                    rule,
                    statuses.get(rule.getName()),
                    comparisons.get(rule.getName()),
                    firing.getOrDefault(rule.getName(), 0L)))
        .toList();
  }

  private static boolean isOn(AlertState state) {
    return state == AlertState.FIRING || state == AlertState.FLAPPING;
  }

  List<AlertView> alerts() {
    return alerts.values().stream()
        .sorted(Comparator.comparing(Alert::getAt).reversed())
        .map(AlertView::of)
        .toList();
  }

  List<SilenceView> silences(Instant now) {
    return silences.values().stream()
        .map(silence -> SilenceView.of(silence, now))
        .sorted(
            Comparator.comparing(SilenceView::state)
                .thenComparing(SilenceView::endsAt)
                .thenComparing(SilenceView::id))
        .toList();
  }

  PreviewView preview(Silence silence, Collection<Incident> open) {
    return PreviewView.of(SilencePreview.of(silence, open, alerts.values()), open.size());
  }
}
