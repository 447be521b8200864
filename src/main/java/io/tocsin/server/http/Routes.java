package io.tocsin.server.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.javalin.security.RouteRole;
import io.tocsin.server.access.AccessControl;
import io.tocsin.server.access.Caller;
import io.tocsin.server.access.Role;
import java.util.List;
import java.util.Set;

/**
 * Lays the endpoints of all areas on a server, each behind its role: what has no role is not
 * routed, so that nothing is open because somebody forgot to close it.
 */
public final class Routes {

  private final List<Endpoint> endpoints;
  private final AccessControl access;

  /** Routes of these areas, in their order. */
  public Routes(List<? extends Area> areas, AccessControl access) {
    this.endpoints = areas.stream().flatMap(area -> area.endpoints().stream()).toList();
    this.access = access;
  }

  /** What is routed. */
  public List<Endpoint> endpoints() {
    return endpoints;
  }

  /** Adds them, and says what is wrong where something is. */
  public void addTo(RoutesConfig routes) {
    routes.beforeMatched(this::admit);
    endpoints.forEach(
        each -> routes.addHttpHandler(each.method(), each.path(), each.handler(), each.role()));
    routes.exception(
        RequestProblem.class,
        (wrong, context) ->
            HttpGuard.problem(
                context, HttpStatus.BAD_REQUEST, wrong.getMessage(), wrong.problems()));
    routes.error(
        HttpStatus.NOT_FOUND.getCode(),
        context -> {
          if (!HttpGuard.isProblem(context)) {
            HttpGuard.problem(
                context, HttpStatus.NOT_FOUND, "there is nothing at " + context.path());
          }
        });
  }

  private void admit(Context context) {
    Set<RouteRole> needed = context.routeRoles();
    if (needed.isEmpty()) {
      return; // the console's own files, which say nothing
    }
    Caller caller = access.identify(context);
    caller.stamp(context);
    if (needed.stream()
        .anyMatch(role -> role instanceof Role least && caller.role().covers(least))) {
      return;
    }
    if (caller.isKnown()) {
      HttpGuard.problem(
          context,
          HttpStatus.FORBIDDEN,
          caller.name() + " is a " + caller.role() + "; this takes a " + needed);
    } else {
      context.header("WWW-Authenticate", "Bearer realm=\"tocsin\"");
      HttpGuard.problem(
          context, HttpStatus.UNAUTHORIZED, "say who you are: sign in, or send a bearer token");
    }
    context.skipRemainingHandlers();
  }
}
