package io.tocsin.server.http;

import io.javalin.security.RouteRole;
import io.tocsin.server.access.Role;

/** The least role of a route, as the HTTP server keeps it; roles themselves know of no server. */
record Least(Role role) implements RouteRole {

  @Override
  public String toString() {
    return role.toString();
  }
}
