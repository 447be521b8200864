package io.tocsin.server.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.HttpStatus;
import io.tocsin.server.access.AccessControl;
import io.tocsin.server.access.AccessUnavailableException;
import java.util.List;

/**
 * Lays the endpoints of all areas on a server, each behind its role: what has no role is not
 * routed, so that nothing is open because somebody forgot to close it.
 */
public final class Routes {

  private final List<Endpoint> endpoints;
  private final Gate gate;

  /** Routes of these areas, in their order, without limits. */
  public Routes(List<? extends Area> areas, AccessControl access) {
    this(areas, Gate.unlimited(access));
  }

  /** Routes of these areas, in their order, behind a gate. */
  public Routes(List<? extends Area> areas, Gate gate) {
    this.endpoints = areas.stream().flatMap(area -> area.endpoints().stream()).toList();
    this.gate = gate;
  }

  /** What is routed. */
  public List<Endpoint> endpoints() {
    return endpoints;
  }

  /** Adds them, and says what is wrong where something is. */
  public void addTo(RoutesConfig routes) {
    routes.beforeMatched(gate::admit);
    endpoints.forEach(
        each ->
            routes.addHttpHandler(
                each.method(), each.path(), each.handler(), new Least(each.role())));
    routes.exception(
        RequestProblem.class,
        (wrong, context) ->
            HttpGuard.problem(
                context, HttpStatus.BAD_REQUEST, wrong.getMessage(), wrong.problems()));
    routes.exception(
        AccessUnavailableException.class,
        (notYet, context) ->
            HttpGuard.problem(context, HttpStatus.SERVICE_UNAVAILABLE, notYet.getMessage()));
    routes.error(
        HttpStatus.NOT_FOUND.getCode(),
        context -> {
          if (!HttpGuard.isProblem(context)) {
            HttpGuard.problem(
                context, HttpStatus.NOT_FOUND, "there is nothing at " + context.path());
          }
        });
  }
}
