package io.tocsin.server.signin;

import static io.tocsin.server.http.HttpGuard.problem;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.tocsin.schemas.AccessKind;
import io.tocsin.schemas.AccessToken;
import io.tocsin.server.access.AccessDesk;
import io.tocsin.server.access.AccessTokens;
import io.tocsin.server.access.Caller;
import io.tocsin.server.access.Role;
import io.tocsin.server.http.Area;
import io.tocsin.server.http.Endpoint;
import io.tocsin.server.http.RequestProblem;
import io.tocsin.server.incident.CommandApi;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;

/** Who one is, and tokens: signing in with one, and what administrators do with them. */
public final class AccessApi implements Area {

  private final AccessTokens tokens;
  private final AccessDesk desk;
  private final SignIn signIn;
  private final String provider;
  private final Clock clock;

  /**
   * Access over HTTP.
   *
   * @param provider what a provider of OpenID Connect is called; null where there is none
   */
  public AccessApi(
      AccessTokens tokens, AccessDesk desk, SignIn signIn, String provider, Clock clock) {
    this.tokens = tokens;
    this.desk = desk;
    this.signIn = signIn;
    this.provider = provider;
    this.clock = clock;
  }

  /** Who asks. */
  record Me(String name, Role role, Caller.Way way, Instant until, Map<String, Object> signIn) {}

  /** A token that is shown to sign in. */
  record Login(String token) {}

  /** A token or session, without what would let anybody use it. */
  record TokenView(
      String id,
      String kind,
      String name,
      String role,
      Instant createdAt,
      String createdBy,
      Instant expiresAt,
      Instant lastUsedAt) {}

  /** A token that is asked for. */
  record TokenRequest(String name, String role, Long forSeconds) {}

  /** A new token; nobody can be shown it again. */
  record NewToken(String id, String token, Instant expiresAt) {}

  @Override
  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get("/api/v1/me", Role.NOBODY)
            .does("access", "Who you are to this server, and how you can sign in.")
            .answers(Me.class)
            .by(this::me),
        Endpoint.post("/api/v1/login", Role.NOBODY)
            .does("access", "Begins a session with a token; sets its cookie.")
            .takes(Login.class)
            .status(204)
            .by(this::login),
        Endpoint.post("/api/v1/logout", Role.NOBODY)
            .does("access", "Ends the session.")
            .status(204)
            .by(this::logout),
        Endpoint.get("/api/v1/tokens", Role.ADMIN)
            .does("access", "Tokens and sessions that hold, newest first.")
            .answersMany(TokenView.class)
            .by(
                context ->
                    context.json(
                        tokens.holding(clock.instant()).stream().map(this::view).toList())),
        Endpoint.post("/api/v1/tokens", Role.ADMIN)
            .does("access", "Makes a token, and shows it once.")
            .takes(TokenRequest.class)
            .answers(NewToken.class)
            .status(201)
            .by(this::create),
        Endpoint.delete("/api/v1/tokens/{id}", Role.ADMIN)
            .does("access", "Takes back a token with its sessions, or a session.")
            .path("id", "of the token or session")
            .status(204)
            .by(this::revoke));
  }

  private void me(Context context) {
    Caller caller = Caller.of(context);
    context.json(
        new Me(
            caller.name(),
            caller.role(),
            caller.way(),
            caller.until(),
            Map.of("token", true, "oidc", provider == null ? (Object) false : provider)));
  }

  private void login(Context context) {
    if (signIn.isTooOften(context)) {
      return;
    }
    CommandApi.handle(
        context,
        Login.class,
        request -> {
          Optional<AccessToken> token =
              tokens.find(
                  request.token() == null ? null : request.token().strip(),
                  AccessKind.TOKEN,
                  clock.instant());
          if (token.isEmpty()) {
            signIn.refuse(context, "this is no token that holds; an administrator can make one");
          } else if (kept(context, () -> signIn.begin(context, desk.session(token.get())))) {
            context.status(HttpStatus.NO_CONTENT);
          }
        });
  }

  private void logout(Context context) {
    if (kept(context, () -> signIn.end(context))) {
      context.status(HttpStatus.NO_CONTENT);
    }
  }

  private void create(Context context) {
    CommandApi.handle(
        context,
        TokenRequest.class,
        request -> {
          Role role = role(request.role());
          Duration time =
              request.forSeconds() == null || request.forSeconds() > AccessDesk.LONGEST.toSeconds()
                  ? null
                  : Duration.ofSeconds(request.forSeconds());
          List<String> problems = AccessDesk.problems(request.name(), role, time);
          if (!problems.isEmpty()) {
            throw new RequestProblem(problems);
          }
          kept(
              context,
              () -> {
                AccessDesk.Given given =
                    desk.token(request.name(), role, time, Caller.of(context).by());
                context
                    .status(HttpStatus.CREATED)
                    .json(
                        new NewToken(
                            given.token().getId(),
                            given.text().text(),
                            given.token().getExpiresAt()));
              });
        });
  }

  private static Role role(String word) {
    for (Role role : Role.values()) {
      if (word != null && role.name().equals(word.toUpperCase(Locale.ROOT))) {
        return role;
      }
    }
    return null;
  }

  private void revoke(Context context) {
    Optional<AccessToken> token = tokens.get(context.pathParam("id"));
    if (token.isEmpty()) {
      problem(context, HttpStatus.NOT_FOUND, "no token has this id; /api/v1/tokens lists them");
    } else if (kept(context, () -> desk.revoke(token.get(), Caller.of(context).by()))) {
      context.status(HttpStatus.NO_CONTENT);
    }
  }

  private TokenView view(AccessToken token) {
    return new TokenView(
        token.getId(),
        token.getKind().name(),
        token.getName(),
        token.getRole().name(),
        token.getCreatedAt(),
        token.getCreatedBy(),
        token.getExpiresAt(),
        tokens.lastUsedAt(token.getId()).orElse(null));
  }

  /** Whether the topic took a change; answers the request if it did not. */
  static boolean kept(Context context, Runnable change) {
    try {
      change.run();
      return true;
    } catch (CompletionException notKept) {
      problem(
          context, HttpStatus.SERVICE_UNAVAILABLE, "the change could not be kept; ask once more");
      return false;
    }
  }
}
