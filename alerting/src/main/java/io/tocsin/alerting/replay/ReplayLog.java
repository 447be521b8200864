package io.tocsin.alerting.replay;

import io.tocsin.schemas.Alert;
import io.tocsin.schemas.HealPlan;
import io.tocsin.schemas.Incident;
import io.tocsin.schemas.IncidentEvent;
import io.tocsin.schemas.Notification;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** All that came of a replay, in the order in which it was decided. */
public final class ReplayLog {

  private final List<Alert> alerts = new ArrayList<>();
  private final Map<String, Alert> newestAlerts = new LinkedHashMap<>();
  private final Map<String, Incident> incidents = new LinkedHashMap<>();
  private final List<IncidentEvent> events = new ArrayList<>();
  private final List<Turn> turns = new ArrayList<>();
  private final List<Notification> notifications = new ArrayList<>();
  private final List<HealPlan> plans = new ArrayList<>();
  private final Map<String, Long> held = new TreeMap<>();

  /**
   * One line of a timeline, and what the incident was about then.
   *
   * @param rule name of the rule of its cause at that time
   * @param resourceId resource of its cause at that time
   */
  public record Turn(IncidentEvent event, String rule, String resourceId) {}

  ReplayLog() {}

  void add(Alert alert) {
    alerts.add(alert);
    newestAlerts.put(alert.getId(), alert);
  }

  /** A new version of an incident and what made it. */
  void add(Incident incident, IncidentEvent event) {
    incidents.put(incident.getId(), incident);
    events.add(event);
    turns.add(new Turn(event, incident.getRule(), incident.getResourceId()));
  }

  void add(Notification notification) {
    notifications.add(notification);
  }

  void add(HealPlan plan) {
    plans.add(plan);
  }

  void held(String rule, String reason) {
    held.merge(rule.isEmpty() ? reason : rule + ": " + reason, 1L, Long::sum);
  }

  /** Every word of every alert. */
  public List<Alert> alerts() {
    return Collections.unmodifiableList(alerts);
  }

  /** The newest word of each alert, by id. */
  public Map<String, Alert> newestAlerts() {
    return Collections.unmodifiableMap(newestAlerts);
  }

  /** The newest version of each incident, by id. */
  public Map<String, Incident> incidents() {
    return Collections.unmodifiableMap(incidents);
  }

  /** The timelines. */
  public List<IncidentEvent> events() {
    return Collections.unmodifiableList(events);
  }

  /** The timelines, with what each incident was about at the time. */
  public List<Turn> turns() {
    return Collections.unmodifiableList(turns);
  }

  /** What people would have been told, and what was held back. */
  public List<Notification> notifications() {
    return Collections.unmodifiableList(notifications);
  }

  /** What people would have been told. */
  public List<Notification> sent() {
    return notifications.stream().filter(each -> each.getHeldBackBy() == null).toList();
  }

  /** What the responder would have been asked to do. */
  public List<HealPlan> plans() {
    return Collections.unmodifiableList(plans);
  }

  /** Inputs that changed nothing, by rule and reason. */
  public Map<String, Long> held() {
    return Collections.unmodifiableMap(held);
  }
}
