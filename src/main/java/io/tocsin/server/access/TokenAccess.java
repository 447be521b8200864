package io.tocsin.server.access;

import io.javalin.http.Context;
import io.tocsin.schemas.AccessKind;
import io.tocsin.schemas.AccessToken;
import java.time.Clock;
import java.util.Optional;

/**
 * Recognises callers by a bearer token, then by the cookie of a session. Who shows neither is
 * nobody, but for callers on this machine, who are what the operator says. A token that does not
 * hold makes nobody of any caller: that it is not looked at where it is not needed would be a
 * surprise.
 */
public final class TokenAccess implements AccessControl {

  /** Name of the cookie of a session. */
  public static final String COOKIE = "tocsin-session";

  private static final String BEARER = "Bearer ";

  private final AccessTokens tokens;
  private final Role local;
  private final Peers peers;
  private final Clock clock;

  /**
   * Access by what is known.
   *
   * @param local what callers on this machine are who say nothing
   */
  public TokenAccess(AccessTokens tokens, Role local, Peers peers, Clock clock) {
    this.tokens = tokens;
    this.local = local;
    this.peers = peers;
    this.clock = clock;
  }

  @Override
  public Caller identify(Context context) {
    String authorization = context.header("Authorization");
    String cookie = context.cookie(COOKIE);
    if (authorization == null && cookie == null) {
      return silent(context);
    }
    if (authorization != null) {
      return bearer(authorization).orElse(Caller.anonymous(Role.NOBODY));
    }
    return tokens
        .find(cookie, AccessKind.SESSION, clock.instant())
        .map(session -> caller(session, Caller.Way.SESSION))
        .orElseGet(() -> silent(context));
  }

  private Optional<Caller> bearer(String authorization) {
    if (!authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
      return Optional.empty();
    }
    return tokens
        .find(authorization.substring(BEARER.length()).strip(), AccessKind.TOKEN, clock.instant())
        .map(token -> caller(token, Caller.Way.TOKEN));
  }

  private static Caller caller(AccessToken token, Caller.Way way) {
    return new Caller(
        token.getName(),
        Role.valueOf(token.getRole().name()),
        way,
        token.getExpiresAt(),
        token.getId());
  }

  private Caller silent(Context context) {
    return Caller.anonymous(peers.isLocal(context) ? local : Role.NOBODY);
  }
}
