package io.tocsin.server.access;

import io.javalin.http.Context;

/** Tells who asks. Whether they may have what they ask for is decided by the endpoint's role. */
@FunctionalInterface
public interface AccessControl {

  /**
   * Everybody who can reach the server may do everything: on loopback, where nothing else is said.
   */
  AccessControl OPEN = context -> Caller.anonymous(Role.ADMIN);

  /**
   * The caller of a request; somebody anonymous where nothing that is shown holds.
   *
   * @throws AccessUnavailableException if that cannot be told now
   */
  Caller identify(Context context);
}
