package io.tocsin.history;

import java.util.List;

/** The tables of what happened: one row for each thing, in its latest state. */
final class EventTables {

  static final String BOTTLENECKS = "bottlenecks";
  static final String INCIDENTS = "incidents";
  static final String INCIDENT_EVENTS = "incident_events";
  static final String HEAL_RESULTS = "heal_results";
  static final String VIOLATIONS = "violations";
  static final String DELIVERIES = "deliveries";

  static final List<String> NAMES =
      List.of(BOTTLENECKS, INCIDENTS, INCIDENT_EVENTS, HEAL_RESULTS, VIOLATIONS, DELIVERIES);

  /** Two years, as for the hours: an incident is asked about as long as its load can be seen. */
  private static final String KEPT = "24 MONTHS";

  private EventTables() {}

  /** SQL that makes those that are missing. */
  static List<String> statements() {
    return List.of(
        table(
            BOTTLENECKS,
            "resource SYMBOL, kind SYMBOL, service SYMBOL, active BOOLEAN, severity STRING, value DOUBLE,"
                + " threshold DOUBLE, confidence DOUBLE, latest_ms LONG",
            "resource, kind"),
        table(
            INCIDENTS,
            "id SYMBOL, rule SYMBOL, resource SYMBOL, service SYMBOL, priority STRING, state STRING,"
                + " summary STRING, version LONG, opened_ms LONG, resolved_ms LONG, heal_attempts LONG",
            "id"),
        table(
            INCIDENT_EVENTS,
            "incident SYMBOL, version SYMBOL, kind STRING, state STRING, priority STRING, cause STRING",
            "incident, version"),
        table(
            HEAL_RESULTS,
            "plan SYMBOL, incident SYMBOL, action SYMBOL, target SYMBOL, outcome SYMBOL, attempt LONG,"
                + " reason STRING, took_ms LONG, exit_code LONG",
            "plan, outcome"),
        table(
            VIOLATIONS,
            "id SYMBOL, resource SYMBOL, service SYMBOL, policy STRING, rule STRING, effect STRING,"
                + " severity STRING, action STRING, reason STRING",
            "id"),
        table(
            DELIVERIES,
            "id SYMBOL, channel SYMBOL, incident SYMBOL, state STRING, reason STRING, attempts LONG,"
                + " latest_ms LONG",
            "id"));
  }

  private static String table(String name, String columns, String keys) {
    return "CREATE TABLE IF NOT EXISTS "
        + name
        + " (timestamp TIMESTAMP, "
        + columns
        + ") TIMESTAMP(timestamp) PARTITION BY MONTH TTL "
        + KEPT
        + " WAL DEDUP UPSERT KEYS(timestamp, "
        + keys
        + ")";
  }
}
