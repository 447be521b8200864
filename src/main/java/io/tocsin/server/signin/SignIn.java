package io.tocsin.server.signin;

import io.javalin.http.Context;
import io.javalin.http.Cookie;
import io.javalin.http.HttpStatus;
import io.javalin.http.SameSite;
import io.tocsin.schemas.AccessKind;
import io.tocsin.schemas.AccessToken;
import io.tocsin.server.access.AccessDesk;
import io.tocsin.server.access.AccessTokens;
import io.tocsin.server.access.Peers;
import io.tocsin.server.access.RateLimit;
import io.tocsin.server.access.TokenAccess;
import io.tocsin.server.http.Gate;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/**
 * Begins and ends sessions of browsers. A session is a new one each time, with an id and a secret
 * that nobody has seen before, and the one that the browser had ends: nobody can have it signed in
 * with a session that they know.
 */
public final class SignIn {

  private final AccessTokens tokens;
  private final AccessDesk desk;
  private final Gate gate;
  private final Peers peers;
  private final RateLimit attempts;
  private final Clock clock;

  /**
   * Sessions.
   *
   * @param attempts how often one address may try
   */
  public SignIn(
      AccessTokens tokens,
      AccessDesk desk,
      Gate gate,
      Peers peers,
      RateLimit attempts,
      Clock clock) {
    this.tokens = tokens;
    this.desk = desk;
    this.gate = gate;
    this.peers = peers;
    this.attempts = attempts;
    this.clock = clock;
  }

  /** Whether an address tries to sign in too often; answers it then. */
  boolean isTooOften(Context context) {
    Optional<Duration> wait = attempts.take(peers.address(context));
    wait.ifPresent(time -> gate.tooOften(context, time));
    return wait.isPresent();
  }

  /** Answers somebody who cannot be signed in. */
  void refuse(Context context, String detail) {
    gate.refuse(context, HttpStatus.UNAUTHORIZED, "sign-in", detail);
  }

  /** Answers somebody who is known, but may do nothing here. */
  void forbid(Context context, String detail) {
    gate.refuse(context, HttpStatus.FORBIDDEN, "sign-in", detail);
  }

  /** Hands a new session to the browser, in place of the one it had. */
  void begin(Context context, AccessDesk.Given session) {
    forget(context);
    Duration time =
        Duration.between(clock.instant(), session.token().getExpiresAt())
            .truncatedTo(java.time.temporal.ChronoUnit.SECONDS);
    context.cookie(cookie(context, session.text().text(), (int) time.toSeconds()));
  }

  /** Ends the browser's session. */
  void end(Context context) {
    forget(context);
    context.cookie(cookie(context, "", 0));
  }

  private void forget(Context context) {
    Optional<AccessToken> had =
        tokens.find(context.cookie(TokenAccess.COOKIE), AccessKind.SESSION, clock.instant());
    had.ifPresent(session -> desk.signOut(session.getId()));
  }

  private Cookie cookie(Context context, String value, int seconds) {
    return new Cookie(
        TokenAccess.COOKIE,
        value,
        "/",
        seconds,
        peers.isHttps(context),
        true,
        null,
        SameSite.STRICT);
  }
}
