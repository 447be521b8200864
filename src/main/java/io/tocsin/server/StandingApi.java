package io.tocsin.server;

import static io.tocsin.server.http.HttpGuard.problem;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.tocsin.server.access.Role;
import io.tocsin.server.http.Area;
import io.tocsin.server.http.Endpoint;
import io.tocsin.server.incident.AlertView;
import java.util.List;
import java.util.Set;

/** How all else stands, newest word of each: rules, alerts, policies, deliveries. */
final class StandingApi implements Area {

  private final Views views;

  StandingApi(Views views) {
    this.views = views;
  }

  @Override
  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get("/api/v1/policies", Role.VIEWER)
            .does("security", "Container policies, in the order in which they are asked.")
            .answersMany(PolicyView.class)
            .by(context -> context.json(views.policies().all())),
        Endpoint.get("/api/v1/security/report", Role.VIEWER)
            .does("security", "The newest security report.")
            .answers(SecurityReportView.class)
            .by(context -> context.json(views.policies().report())),
        Endpoint.get("/api/v1/rules", Role.VIEWER)
            .does("rules", "Rules, and what became of each.")
            .answersMany(RuleView.class)
            .by(context -> context.json(views.rules().all())),
        Endpoint.get("/api/v1/alerts", Role.VIEWER)
            .does("alerts", "The newest word of the newest alerts, newest first.")
            .answersMany(AlertView.class)
            .by(context -> context.json(views.alerts().all())),
        Endpoint.get("/api/v1/deliveries", Role.VIEWER)
            .does("notifications", "What people were told, newest first.")
            .query("incident", "of this incident only")
            .answersMany(DeliveryView.class)
            .by(this::deliveries));
  }

  private void deliveries(Context context) {
    if (!Set.of("incident").containsAll(context.queryParamMap().keySet())) {
      problem(context, HttpStatus.BAD_REQUEST, "the one parameter is incident=ID");
      return;
    }
    context.json(views.deliveries().of(context.queryParam("incident")));
  }
}
