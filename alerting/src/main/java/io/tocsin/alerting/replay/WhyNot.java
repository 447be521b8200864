package io.tocsin.alerting.replay;

import io.tocsin.alerting.incidents.HealPolicies;
import io.tocsin.alerting.rules.Rule;
import io.tocsin.alerting.rules.RuleSet;
import io.tocsin.alerting.rules.Truth;
import io.tocsin.alerting.signal.Observation;
import io.tocsin.schemas.Alert;
import io.tocsin.schemas.AlertState;
import io.tocsin.schemas.Incident;
import io.tocsin.schemas.Notification;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Why a rule said nothing of a resource at a time, or nobody was told of it: the one reason that
 * decided, found by replaying what was heard. The first that holds is told, in the order in which
 * things are decided: nothing heard, not selected, not so, not long enough, gathered, silenced.
 *
 * @param reason the one that decided, in a sentence
 * @param details what it rests on, one line each
 */
public record WhyNot(String reason, List<String> details) {

  /**
   * Finds the reason.
   *
   * @param rules those in force, the one in question among them
   * @param recording what was heard until the time, of the resource and of what it hangs together
   *     with
   */
  public static WhyNot of(
      RuleSet rules, String ruleName, String resourceId, Instant at, Recording recording) {
    Optional<Rule> found = rules.byName(ruleName);
    if (found.isEmpty()) {
      return new WhyNot("there is no rule " + ruleName, List.of());
    }
    Rule rule = found.get();
    List<Observation> seen =
        recording.observationsOf(resourceId).stream()
            .filter(each -> each.kind() == rule.signal() && !each.at().isAfter(at))
            .toList();
    Replay replay = new Replay(rules, HealPolicies.NONE, alert -> alert, recording.from());
    recording.play(replay, at);
    Optional<Alert> newest =
        replay.log().newestAlerts().values().stream()
            .filter(alert -> alert.getRule().equals(ruleName))
            .filter(alert -> alert.getResourceId().equals(resourceId))
            .reduce((older, newer) -> newer);
    if (newest.isPresent() && newest.get().getState() != AlertState.CLEARED) {
      return ofAlert(rule, newest.get(), at, replay.log());
    }
    return seen.isEmpty()
        ? nothingHeard(rule, resourceId, recording)
        : ofFigures(rules, rule, seen, newest, replay.log());
  }

  private static WhyNot ofAlert(Rule rule, Alert alert, Instant at, ReplayLog log) {
    if (alert.getState() == AlertState.PENDING) {
      return new WhyNot(
          "it has not been bad for long enough: since "
              + alert.getSince()
              + ", that is "
              + words(Duration.between(alert.getSince(), at))
              + " of "
              + words(rule.holdFor()),
          alert.getEvidence());
    }
    if (alert.getState() == AlertState.UNKNOWN) {
      return new WhyNot("nobody knows how it is: " + alert.getSummary(), alert.getEvidence());
    }
    if (alert.getShadow()) {
      return new WhyNot("it fires, but is a shadow of " + rule.shadowOf(), alert.getEvidence());
    }
    Optional<Incident> incident =
        log.incidents().values().stream()
            .filter(
                each ->
                    each.getAlerts().stream()
                        .anyMatch(part -> part.getAlertId().equals(alert.getId())))
            .reduce((older, newer) -> newer);
    return incident
        .map(each -> ofIncident(alert, each, log))
        .orElseGet(() -> new WhyNot("it fires, and belongs to no incident", alert.getEvidence()));
  }

  private static WhyNot ofIncident(Alert alert, Incident incident, ReplayLog log) {
    List<String> details = new ArrayList<>(alert.getEvidence());
    details.add("incident " + incident.getId() + ", " + incident.getState());
    if (!incident.getResourceId().equals(alert.getResourceId())
        || !incident.getRule().equals(alert.getRule())) {
      return new WhyNot(
          "it fires as a part of incident "
              + incident.getId()
              + " of "
              + incident.getRule()
              + " at "
              + incident.getResourceId()
              + ", which people are told of instead",
          details);
    }
    Optional<Notification> heldBack =
        log.notifications().stream()
            .filter(each -> each.getIncidentId().equals(incident.getId()))
            .filter(each -> each.getHeldBackBy() != null)
            .reduce((older, newer) -> newer);
    return heldBack
        .map(
            each ->
                new WhyNot(
                    "it fires, and telling people was held back by " + each.getHeldBackBy(),
                    details))
        .orElseGet(() -> new WhyNot("it did: it fires since " + alert.getSince(), details));
  }

  private static WhyNot nothingHeard(Rule rule, String resourceId, Recording recording) {
    TreeSet<String> others = new TreeSet<>();
    recording.observationsOf(resourceId).forEach(each -> others.add(each.kind().word()));
    return new WhyNot(
        "nothing of signal " + rule.signal().word() + " was heard of " + resourceId,
        List.of(others.isEmpty() ? "nor anything else" : "heard were " + others));
  }

  private static WhyNot ofFigures(
      RuleSet rules, Rule rule, List<Observation> seen, Optional<Alert> before, ReplayLog log) {
    Optional<Observation> judged =
        seen.stream()
            .filter(each -> rules.matching(each).stream().anyMatch(rule::equals))
            .reduce((older, newer) -> newer);
    if (judged.isEmpty()) {
      Observation last = seen.get(seen.size() - 1);
      return new WhyNot(
          "the rule does not look at it: its selector fits no observation",
          List.of(
              "selector: " + rule.select(),
              "newest observation: kind "
                  + last.resourceKind()
                  + ", service "
                  + last.service()
                  + ", tier "
                  + last.tier()
                  + ", series "
                  + last.series()
                  + ", labels "
                  + last.labels()));
    }
    Observation newest = judged.get();
    List<String> details = new ArrayList<>();
    details.add("newest observation of " + newest.at() + ", series " + newest.series());
    String field = rule.when().field();
    if (!field.isEmpty()) {
      details.add(field + " = " + newest.fields().get(field));
    }
    before.ifPresent(alert -> details.add("its last alert was cleared at " + alert.getAt()));
    log.held()
        .forEach(
            (why, count) -> {
              if (why.startsWith(rule.name() + ": ")) {
                details.add(count + " times held: " + why.substring(rule.name().length() + 2));
              }
            });
    Truth truth = rule.when().of(newest.fields());
    String said =
        truth == Truth.UNKNOWN
            ? "the condition cannot be told from what is known: "
            : truth == Truth.TRUE
                ? "the condition has just become true: "
                : "the condition is not true: ";
    return new WhyNot(said + rule.when().text(), details);
  }

  private static String words(Duration time) {
    return time.toSeconds() + " s";
  }
}
