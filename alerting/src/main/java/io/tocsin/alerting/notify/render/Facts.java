package io.tocsin.alerting.notify.render;

import io.tocsin.alerting.healing.execute.PlainText;
import io.tocsin.schemas.Acknowledgement;
import io.tocsin.schemas.Delivery;
import io.tocsin.schemas.Incident;
import io.tocsin.schemas.Layer;
import io.tocsin.schemas.Notification;
import io.tocsin.schemas.NotificationKind;
import io.tocsin.schemas.Tier;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The values of a template's variables, each of them one bounded line, escaped. They are escaped
 * here and not by the template, so that no way of writing a template gets round it.
 */
final class Facts {

  /** Bounds of ours: a message is read on a telephone. */
  private static final int LONG = 500;

  private static final int SHORT = 200;
  private static final int LISTED = 10;
  private static final int LABELS = 20;

  private final Map<Variable, Object> values = new EnumMap<>(Variable.class);
  private final Escapes escapes;

  private Facts(Escapes escapes) {
    this.escapes = escapes;
  }

  static Map<String, Object> of(
      Delivery delivery,
      Optional<Incident> incident,
      TimeLeft left,
      String link,
      Escapes escapes,
      Instant now) {
    Facts facts = new Facts(escapes);
    Notification notification = delivery.getNotification();
    facts.notification(notification);
    incident.ifPresent(known -> facts.incident(known, now));
    facts.put(Variable.REMAINING, left.words(), SHORT);
    facts.put(Variable.DUE, left.due() == null ? "" : TimeText.moment(left.due()), SHORT);
    facts.put(Variable.LINK, link, Integer.MAX_VALUE);
    facts.put(Variable.CHANNEL, delivery.getChannel(), SHORT);
    facts.put(Variable.STANDS_IN_FOR, delivery.getFallbackFor(), SHORT);
    facts.put(Variable.AT, TimeText.moment(now), SHORT);
    return facts.all();
  }

  private void notification(Notification notification) {
    put(Variable.PRIORITY, notification.getPriority().name(), SHORT);
    put(Variable.KIND, notification.getKind().name(), SHORT);
    values.put(Variable.RESOLVED, notification.getKind() == NotificationKind.RESOLVED);
    put(Variable.SUMMARY, notification.getSummary(), LONG);
    put(Variable.REASON, notification.getReason(), LONG);
    put(Variable.INCIDENT, notification.getIncidentId(), SHORT);
    put(Variable.LEVEL, Integer.toString(notification.getLevel()), SHORT);
    labels(notification.getLabels());
  }

  private void labels(Map<String, String> labels) {
    Map<String, String> byName = new HashMap<>();
    labels.forEach((name, value) -> byName.put(name, escapes.line(value, SHORT)));
    values.put(Variable.LABEL, byName);
    values.put(
        Variable.LABELS,
        new TreeMap<>(labels)
            .entrySet().stream()
                .limit(LABELS)
                .map(
                    label ->
                        Map.of(
                            "name", escapes.line(label.getKey(), SHORT),
                            "value", escapes.line(label.getValue(), SHORT)))
                .toList());
  }

  private void incident(Incident incident, Instant now) {
    put(Variable.STATE, incident.getState().name(), SHORT);
    put(Variable.SINCE, TimeText.moment(incident.getStartedAt()), SHORT);
    Instant end = incident.getResolvedAt() == null ? now : incident.getResolvedAt();
    Duration lasted = Duration.between(incident.getStartedAt(), end);
    put(Variable.LASTED, lasted.isNegative() ? "" : TimeText.length(lasted), SHORT);
    put(Variable.RULE, incident.getRule(), SHORT);
    put(Variable.RESOURCE, incident.getResourceId(), SHORT);
    put(Variable.SERVICE, incident.getService(), SHORT);
    put(Variable.TIER, known(incident.getTier() == Tier.UNSPECIFIED, incident.getTier()), SHORT);
    put(
        Variable.LAYER,
        known(incident.getLayer() == Layer.UNSPECIFIED, incident.getLayer()),
        SHORT);
    put(Variable.PRIORITY_REASON, incident.getPriorityReason(), LONG);
    values.put(
        Variable.EVIDENCE,
        incident.getEvidence().stream()
            .limit(LISTED)
            .map(line -> escapes.line(line, LONG))
            .toList());
    put(Variable.AFFECTED, affected(incident.getAffected()), LISTED * SHORT);
    put(Variable.HEALING, healing(incident.getHealAttempts()), SHORT);
    put(Variable.TAKEN, taken(incident.getAcknowledgement()), LONG);
    put(Variable.UNSURE, unsure(incident), LONG);
    put(Variable.RUNBOOK, incident.getRunbook(), LONG);
    put(Variable.RUNBOOK_LINK, Links.web(incident.getRunbook()), Integer.MAX_VALUE);
  }

  private static String known(boolean unspecified, Enum<?> value) {
    return unspecified ? "" : value.name();
  }

  private static String affected(List<String> ids) {
    int shown = Math.min(ids.size(), LISTED);
    String list =
        String.join(
            ", ", ids.subList(0, shown).stream().map(id -> PlainText.head(id, SHORT - 2)).toList());
    return shown == ids.size() ? list : list + " and " + (ids.size() - shown) + " more";
  }

  private static String healing(int attempts) {
    return switch (attempts) {
      case 0 -> "";
      case 1 -> "1 attempt so far";
      default -> attempts + " attempts so far";
    };
  }

  private static String taken(Acknowledgement by) {
    return by == null ? "" : by.getBy() + ", until " + TimeText.moment(by.getUntil());
  }

  private static String unsure(Incident incident) {
    if (incident.getStale()) {
      return "nobody knows how it stands: its signals have stopped";
    }
    return incident.getFlapping() ? "its signals come and go" : "";
  }

  private void put(Variable variable, String text, int most) {
    values.put(variable, text == null ? "" : escapes.line(text, most));
  }

  private Map<String, Object> all() {
    Map<String, Object> all = new HashMap<>();
    for (Variable variable : Variable.values()) {
      Object value = values.get(variable);
      all.put(variable.key(), value == null ? "" : value);
    }
    return all;
  }
}
