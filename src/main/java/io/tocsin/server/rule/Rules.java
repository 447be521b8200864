package io.tocsin.server.rule;

import io.tocsin.schemas.AlertState;
import io.tocsin.schemas.RuleStatus;
import io.tocsin.schemas.RuleText;
import io.tocsin.schemas.ShadowReport;
import io.tocsin.schemas.exchange.Received;
import io.tocsin.schemas.topic.Topic;
import io.tocsin.schemas.topic.Topics;
import io.tocsin.server.view.Newest;
import io.tocsin.server.view.View;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecordBase;

/**
 * Rules, and how many alerts of each fire. Bounded as their topics are; of alerts, the {@value
 * #ALERTS_KEPT} that changed last count.
 */
public final class Rules extends View {

  private static final int ALERTS_KEPT = 2_000;

  private final Map<String, RuleText> rules = new TreeMap<>();
  private final Map<String, RuleStatus> statuses = new TreeMap<>();
  private final Map<String, ShadowReport> comparisons = new TreeMap<>();
  private final Newest<Firing> alerts = new Newest<>(ALERTS_KEPT);

  private record Firing(String rule, boolean on) {}

  @Override
  protected boolean take(Received<?> received) {
    return take(received, Topics.RULES, rules)
        || take(received, Topics.RULE_STATUS, statuses)
        || take(received, Topics.SHADOW_REPORTS, comparisons)
        || alert(received);
  }

  private static <V extends SpecificRecordBase> boolean take(
      Received<?> received, Topic<V> topic, Map<String, V> into) {
    if (!received.topic().name().equals(topic.name())) {
      return false;
    }
    received
        .as(topic)
        .ifPresentOrElse(
            value -> into.put(received.key(), value), () -> into.remove(received.key()));
    return true;
  }

  private boolean alert(Received<?> received) {
    return received
        .as(Topics.ALERTS)
        .map(
            alert -> {
              Firing known = alerts.get(alert.getId());
              Firing now = new Firing(alert.getRule(), isOn(alert.getState()));
              alerts.put(alert.getId(), now);
              return !now.equals(known);
            })
        .orElse(false);
  }

  private static boolean isOn(AlertState state) {
    return state == AlertState.FIRING || state == AlertState.FLAPPING;
  }

  /** Rules, in the order of their names. */
  public synchronized List<RuleView> all() {
    Map<String, Long> firing = new TreeMap<>();
    alerts.oldestFirst().stream()
        .filter(Firing::on)
        .forEach(alert -> firing.merge(alert.rule(), 1L, Long::sum));
    return rules.values().stream()
        .map(rule -> view(rule, firing.getOrDefault(rule.getName(), 0L)))
        .toList();
  }

  /** One rule. */
  public synchronized Optional<RuleView> named(String name) {
    return Optional.ofNullable(rules.get(name))
        .map(
            rule ->
                view(
                    rule,
                    alerts.oldestFirst().stream()
                        .filter(alert -> alert.on() && alert.rule().equals(name))
                        .count()));
  }

  private RuleView view(RuleText rule, long firing) {
    return RuleView.of(rule, statuses.get(rule.getName()), comparisons.get(rule.getName()), firing);
  }

  /** The newest text of each, by name. */
  public synchronized Map<String, RuleText> texts() {
    return new TreeMap<>(rules);
  }
}
