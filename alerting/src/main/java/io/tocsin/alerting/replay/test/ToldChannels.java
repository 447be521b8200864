package io.tocsin.alerting.replay.test;

import io.tocsin.alerting.notify.route.RouteTree;
import io.tocsin.alerting.notify.route.Target;
import io.tocsin.alerting.replay.ReplayLog;
import io.tocsin.alerting.replay.test.Expectation.ExpectedIncident;
import io.tocsin.schemas.Incident;
import io.tocsin.schemas.NotificationKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Holds the channels that the routes lead to against those that a test expects. */
final class ToldChannels {

  private final RouteTree routes;
  private final ReplayLog log;

  ToldChannels(RouteTree routes, ReplayLog log) {
    this.routes = routes;
    this.log = log;
  }

  /** What is not as expected of an incident. */
  List<String> failures(ExpectedIncident expected, Incident incident) {
    List<String> failures = new ArrayList<>();
    if (!expected.asksForChannels()) {
      return failures;
    }
    Set<String> told = told(incident);
    String there =
        " of " + incident.getRule() + " on " + incident.getResourceId() + "; told " + told;
    if (expected.notified() != null) {
      expected.notified().stream()
          .filter(channel -> !told.contains(channel))
          .forEach(channel -> failures.add("expected that " + channel + " is told" + there));
    }
    if (expected.notNotified() != null) {
      expected.notNotified().stream()
          .filter(told::contains)
          .forEach(channel -> failures.add("expected that " + channel + " is not told" + there));
    }
    return failures;
  }

  /** A resolve goes where the incident was told, and nowhere else. */
  private Set<String> told(Incident incident) {
    return log.sent().stream()
        .filter(one -> one.getIncidentId().equals(incident.getId()))
        .filter(one -> one.getKind() != NotificationKind.RESOLVED)
        .flatMap(one -> routes.route(one, Optional.of(incident)).stream())
        .map(Target::channel)
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
