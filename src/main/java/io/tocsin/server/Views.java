package io.tocsin.server;

import io.tocsin.schemas.exchange.Received;
import io.tocsin.server.access.AccessTokens;
import io.tocsin.server.delivery.Deliveries;
import io.tocsin.server.fleet.Bottlenecks;
import io.tocsin.server.fleet.Fleet;
import io.tocsin.server.fleet.Windows;
import io.tocsin.server.healing.Audits;
import io.tocsin.server.healing.Healing;
import io.tocsin.server.incident.Alerts;
import io.tocsin.server.incident.Incidents;
import io.tocsin.server.incident.Silences;
import io.tocsin.server.pipeline.Troubles;
import io.tocsin.server.rule.Rules;
import io.tocsin.server.security.Policies;
import io.tocsin.server.security.Violations;
import io.tocsin.server.story.Deeds;
import io.tocsin.server.view.View;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * What the API knows: a view per area, all filled from the same records. Each is bounded and has a
 * lock of its own, see {@link View}.
 *
 * <p>Listeners hear of every record that changed something, once all views have it; those of one
 * topic in their order.
 */
public final class Views {

  private final Incidents incidents = new Incidents();
  private final Alerts alerts = new Alerts();
  private final Deeds deeds = new Deeds();
  private final Silences silences = new Silences();
  private final Fleet fleet = new Fleet();
  private final Windows windows = new Windows();
  private final Bottlenecks bottlenecks = new Bottlenecks();
  private final Rules rules = new Rules();
  private final Healing healing = new Healing();
  private final Deliveries deliveries = new Deliveries();
  private final Policies policies = new Policies();
  private final Violations violations = new Violations();
  private final Audits audits = new Audits();
  private final Troubles troubles = new Troubles();
  private final AccessTokens access = new AccessTokens();
  private final List<View> all =
      List.of(
          incidents,
          alerts,
          deeds,
          silences,
          fleet,
          windows,
          bottlenecks,
          rules,
          healing,
          deliveries,
          policies,
          violations,
          audits,
          troubles);
  private final List<Consumer<Received<?>>> listeners = new CopyOnWriteArrayList<>();

  /** Takes one record of any topic. */
  public void apply(Received<?> received) {
    access.apply(received);
    boolean changed = false;
    for (View view : all) {
      changed |= view.apply(received);
    }
    if (changed) {
      listeners.forEach(listener -> listener.accept(received));
    }
  }

  /** Calls a listener, in the thread that reads the topic, after every record that matters. */
  public void onChange(Consumer<Received<?>> listener) {
    listeners.add(listener);
  }

  /** Who may use the API. */
  public AccessTokens access() {
    return access;
  }

  /** Incidents and their timelines. */
  public Incidents incidents() {
    return incidents;
  }

  /** Alerts. */
  public Alerts alerts() {
    return alerts;
  }

  /** What was done about incidents. */
  public Deeds deeds() {
    return deeds;
  }

  /** Silences. */
  public Silences silences() {
    return silences;
  }

  /** Resources and what is measured of them. */
  public Fleet fleet() {
    return fleet;
  }

  /** The newest windows. */
  public Windows windows() {
    return windows;
  }

  /** What is short. */
  public Bottlenecks bottlenecks() {
    return bottlenecks;
  }

  /** Rules. */
  public Rules rules() {
    return rules;
  }

  /** What the responder does. */
  public Healing healing() {
    return healing;
  }

  /** What people were told. */
  public Deliveries deliveries() {
    return deliveries;
  }

  /** Container policies, and what became of them. */
  public Policies policies() {
    return policies;
  }

  /** What was done against policies, and what scans of images found. */
  public Violations violations() {
    return violations;
  }

  /** Who or what decided about healing. */
  public Audits audits() {
    return audits;
  }

  /** What the pipeline itself could not use. */
  public Troubles troubles() {
    return troubles;
  }
}
