package io.tocsin.server;

import io.tocsin.server.access.Role;
import io.tocsin.server.http.Area;
import io.tocsin.server.http.Endpoint;
import io.tocsin.server.incident.AlertView;
import java.util.List;

/** How all else stands, newest word of each: alerts. */
final class StandingApi implements Area {

  private final Views views;

  StandingApi(Views views) {
    this.views = views;
  }

  @Override
  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get("/api/v1/alerts", Role.VIEWER)
            .does("alerts", "The newest word of the newest alerts, newest first.")
            .answersMany(AlertView.class)
            .by(context -> context.json(views.alerts().all())));
  }
}
