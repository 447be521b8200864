package io.tocsin.server.incident;

import static io.tocsin.server.http.HttpGuard.problem;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.tocsin.server.access.Role;
import io.tocsin.server.http.Area;
import io.tocsin.server.http.Endpoint;
import io.tocsin.server.http.Pages;
import io.tocsin.server.http.RequestProblem;
import java.util.List;
import java.util.Set;

/** Incidents to read: the list, and one with its timeline. */
public final class IncidentApi implements Area {

  private final Incidents incidents;

  /** Of these incidents. */
  public IncidentApi(Incidents incidents) {
    this.incidents = incidents;
  }

  @Override
  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get("/api/v1/incidents", Role.VIEWER)
            .does("incidents", "Incidents, most urgent first.")
            .query("state", "which; open if not said", "open", "all")
            .answersPages(IncidentView.class)
            .by(this::incidents),
        Endpoint.get("/api/v1/incidents/{id}", Role.VIEWER)
            .does("incidents", "One incident with its timeline.")
            .path("id", "the incident")
            .answers(IncidentView.class)
            .by(this::incident));
  }

  private void incidents(Context context) throws RequestProblem {
    String state = context.queryParam("state");
    if (!Set.of("state", "limit", "after").containsAll(context.queryParamMap().keySet())
        || (state != null && !Set.of("open", "all").contains(state))) {
      problem(context, HttpStatus.BAD_REQUEST, "the one parameter is state=open or state=all");
      return;
    }
    Pages.answer(
        context, "all".equals(state) ? incidents.all() : incidents.open(), IncidentView::id);
  }

  private void incident(Context context) {
    incidents
        .one(context.pathParam("id"))
        .ifPresentOrElse(
            context::json,
            () ->
                problem(
                    context,
                    HttpStatus.NOT_FOUND,
                    "no incident has this id; /api/v1/incidents?state=all lists them"));
  }
}
