package io.tocsin.alerting.replay.test;

import io.tocsin.alerting.incidents.HealPolicies;
import io.tocsin.alerting.incidents.HealPolicy;
import io.tocsin.alerting.notify.config.NotificationConfig;
import io.tocsin.alerting.notify.route.RouteTree;
import io.tocsin.alerting.replay.Replay;
import io.tocsin.alerting.replay.ReplayLog;
import io.tocsin.alerting.replay.test.Expectation.ExpectedAlert;
import io.tocsin.alerting.replay.test.Expectation.ExpectedIncident;
import io.tocsin.alerting.rules.Rule;
import io.tocsin.alerting.rules.RuleSet;
import io.tocsin.alerting.signal.Observation;
import io.tocsin.schemas.Alert;
import io.tocsin.schemas.AlertState;
import io.tocsin.schemas.HealPlan;
import io.tocsin.schemas.Incident;
import io.tocsin.schemas.IncidentState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Runs tests of rules by the very code that judges in earnest. */
public final class RuleTestRunner {

  /** An action may be tried wherever a rule under test names it; nobody carries it out. */
  private static final HealPolicies ALL =
      (action, resourceId, service) -> Optional.of(HealPolicy.DEFAULT);

  private final Collection<Rule> rules;
  private final RouteTree routes;

  /** Runs tests of these rules; nobody is told of anything. */
  public RuleTestRunner(Collection<Rule> rules) {
    this(rules, RouteTree.of(NotificationConfig.DEFAULT));
  }

  /** Runs tests of these rules, by routes that say who is told. */
  public RuleTestRunner(Collection<Rule> rules, RouteTree routes) {
    this.rules = rules;
    this.routes = routes;
  }

  /**
   * Runs one.
   *
   * @return what was not as expected, each with its line of the file; empty if all was
   */
  public List<String> run(String file, RuleTest test) {
    List<String> failures = new ArrayList<>();
    for (String name : test.rules()) {
      if (rules.stream().noneMatch(rule -> rule.name().equals(name))) {
        failures.add(file + ":" + test.line() + ": there is no rule " + name);
      }
    }
    Replay replay = new Replay(inForce(test), ALL, alert -> alert, test.start());
    test.resources()
        .forEach(resource -> replay.resource(resource.id(), resource.asResource(test.start())));
    List<Observation> observations = test.observations();
    int next = 0;
    for (Expectation expectation : test.expectations()) {
      Instant at = test.start().plus(expectation.at());
      for (; next < observations.size() && !observations.get(next).at().isAfter(at); next++) {
        observe(replay, observations.get(next));
      }
      replay.advanceTo(at);
      String place = file + ":" + expectation.line() + ": at " + expectation.at() + ": ";
      check(expectation, replay.log()).forEach(failure -> failures.add(place + failure));
    }
    return failures;
  }

  private static void observe(Replay replay, Observation seen) {
    replay.advanceTo(seen.at());
    replay.observe(seen);
  }

  private RuleSet inForce(RuleTest test) {
    return RuleSet.of(
        rules.stream()
            .filter(rule -> test.rules().isEmpty() || test.rules().contains(rule.name()))
            .toList());
  }

  private List<String> check(Expectation expected, ReplayLog log) {
    List<String> failures = new ArrayList<>();
    if (expected.alerts() != null) {
      alerts(expected.alerts(), log.newestAlerts().values(), failures);
    }
    if (expected.incidents() != null) {
      incidents(expected.incidents(), log, failures);
    }
    int sent = log.sent().size();
    if (expected.notifications() != null && expected.notifications() != sent) {
      failures.add(
          "expected "
              + expected.notifications()
              + " notifications, there were "
              + sent
              + log.sent().stream()
                  .map(each -> " " + each.getKind() + " of " + each.getIncidentId())
                  .toList());
    }
    List<String> actions = log.plans().stream().map(HealPlan::getAction).toList();
    if (expected.heal() != null && !expected.heal().equals(actions)) {
      failures.add("expected heal plans " + expected.heal() + ", there were " + actions);
    }
    return failures;
  }

  private static void alerts(
      List<ExpectedAlert> expected, Collection<Alert> all, List<String> failures) {
    List<Alert> left = new ArrayList<>(all);
    for (ExpectedAlert each : expected) {
      Optional<Alert> found = left.stream().filter(alert -> fits(each, alert)).findFirst();
      found.ifPresentOrElse(
          left::remove,
          () -> failures.add("no alert is " + words(each) + "; there are " + told(all)));
    }
    left.stream()
        .filter(alert -> isOn(alert.getState()))
        .forEach(alert -> failures.add("not expected: " + told(List.of(alert))));
  }

  private static boolean isOn(AlertState state) {
    return state == AlertState.FIRING
        || state == AlertState.FLAPPING
        || state == AlertState.UNKNOWN;
  }

  private static boolean fits(ExpectedAlert expected, Alert alert) {
    return isAny(expected.rule(), alert.getRule())
        && isAny(expected.resource(), alert.getResourceId())
        && isAny(expected.series(), alert.getSeries())
        && isAny(expected.state(), alert.getState())
        && isAny(expected.faultyEnd(), alert.getFaultyEnd())
        && isAny(expected.summary(), alert.getSummary());
  }

  private void incidents(List<ExpectedIncident> expected, ReplayLog log, List<String> failures) {
    Collection<Incident> all = log.incidents().values();
    List<Incident> left = new ArrayList<>(all);
    for (ExpectedIncident each : expected) {
      Optional<Incident> found = left.stream().filter(one -> fits(each, one)).findFirst();
      found.ifPresentOrElse(
          incident -> {
            left.remove(incident);
            failures.addAll(new ToldChannels(routes, log).failures(each, incident));
          },
          () -> failures.add("no incident is " + words(each) + "; there are " + toldOf(all)));
    }
    left.stream()
        .filter(incident -> incident.getState() != IncidentState.RESOLVED)
        .forEach(incident -> failures.add("not expected: " + toldOf(List.of(incident))));
  }

  private static boolean fits(ExpectedIncident expected, Incident incident) {
    return isAny(expected.rule(), incident.getRule())
        && isAny(expected.resource(), incident.getResourceId())
        && isAny(expected.priority(), incident.getPriority())
        && isAny(expected.state(), incident.getState());
  }

  private static boolean isAny(Object expected, Object found) {
    return expected == null || Objects.equals(expected, found);
  }

  private static String words(ExpectedAlert expected) {
    return words(
        expected.state(),
        expected.rule(),
        expected.resource(),
        expected.series(),
        expected.faultyEnd(),
        expected.summary());
  }

  private static String words(ExpectedIncident expected) {
    return words(expected.state(), expected.priority(), expected.rule(), expected.resource());
  }

  /** What was said of it; what was left open is left out. */
  private static String words(Object... said) {
    return Stream.of(said)
        .filter(Objects::nonNull)
        .map(Object::toString)
        .collect(Collectors.joining(" "));
  }

  private static List<String> told(Collection<Alert> alerts) {
    return alerts.stream()
        .map(
            alert ->
                alert.getState()
                    + " "
                    + alert.getRule()
                    + " "
                    + alert.getResourceId()
                    + " "
                    + alert.getSeries()
                    + " ("
                    + alert.getSummary()
                    + ")")
        .toList();
  }

  private static List<String> toldOf(Collection<Incident> incidents) {
    return incidents.stream()
        .map(
            incident ->
                incident.getState()
                    + " "
                    + incident.getPriority()
                    + " "
                    + incident.getRule()
                    + " "
                    + incident.getResourceId()
                    + " ("
                    + incident.getPriorityReason()
                    + ")")
        .toList();
  }
}
