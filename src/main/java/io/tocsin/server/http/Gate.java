package io.tocsin.server.http;

import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpStatus;
import io.javalin.security.RouteRole;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tocsin.server.access.AccessControl;
import io.tocsin.server.access.AccessUnavailableException;
import io.tocsin.server.access.Caller;
import io.tocsin.server.access.Peers;
import io.tocsin.server.access.Role;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What every request passes before its handler: who asks, not too often, from a page of ours if
 * from a page at all, and of the role that the endpoint takes. Whom it turns away is counted by
 * reason.
 */
public final class Gate {

  /** A header that no page from elsewhere can send without leave, which nobody gives. */
  public static final String OWN_PAGE = "X-Tocsin";

  /** What the console writes there. */
  public static final String CONSOLE = "console";

  private static final Set<HandlerType> READING = Set.of(HandlerType.GET, HandlerType.HEAD);

  private final AccessControl access;
  private final Peers peers;
  private final Function<String, Optional<Duration>> limit;
  private final MeterRegistry meters;

  /**
   * A gate.
   *
   * @param limit takes one request of a caller, or says how long to wait
   */
  public Gate(
      AccessControl access,
      Peers peers,
      Function<String, Optional<Duration>> limit,
      MeterRegistry meters) {
    this.access = access;
    this.peers = peers;
    this.limit = limit;
    this.meters = meters;
  }

  /** A gate without limits, that counts for itself. */
  public static Gate unlimited(AccessControl access) {
    return new Gate(access, Peers.DIRECT, caller -> Optional.empty(), new SimpleMeterRegistry());
  }

  /** Lets a request to an endpoint pass, or answers it. */
  public void admit(Context context) {
    Set<RouteRole> needed = context.routeRoles();
    if (needed.isEmpty()) {
      return; // the console's own files, which say nothing
    }
    Caller caller;
    try {
      caller = access.identify(context);
    } catch (AccessUnavailableException notYet) {
      if (!needed.contains(new Least(Role.NOBODY))) {
        context.header("Retry-After", "1");
        refuse(context, HttpStatus.SERVICE_UNAVAILABLE, "not-ready", notYet.getMessage());
        return;
      }
      caller = Caller.anonymous(Role.NOBODY);
    }
    caller.stamp(context);
    Optional<Duration> wait =
        limit.apply(caller.isKnown() ? caller.id() : "address " + peers.address(context));
    if (wait.isPresent()) {
      tooOften(context, wait.get());
    } else if (!READING.contains(context.method()) && isForged(context, caller)) {
      refuse(
          context,
          HttpStatus.FORBIDDEN,
          "foreign-page",
          "requests of other pages are not taken; the console sends "
              + OWN_PAGE
              + ": "
              + CONSOLE
              + " with each change");
    } else if (!covers(caller, needed)) {
      turnAway(context, caller, needed);
    }
  }

  /** A browser sends the cookie of a session by itself, so a change has to show more than that. */
  private boolean isForged(Context context, Caller caller) {
    return SameOrigin.isForeign(context, peers)
        || caller.way() == Caller.Way.SESSION && !CONSOLE.equals(context.header(OWN_PAGE));
  }

  private static boolean covers(Caller caller, Set<RouteRole> needed) {
    return needed.stream()
        .anyMatch(role -> role instanceof Least least && caller.role().covers(least.role()));
  }

  private void turnAway(Context context, Caller caller, Set<RouteRole> needed) {
    if (caller.isKnown()) {
      refuse(
          context,
          HttpStatus.FORBIDDEN,
          "role",
          caller.name()
              + " is "
              + word(caller.role())
              + "; this takes "
              + needed.stream().map(Gate::word).collect(Collectors.joining(" or ")));
    } else {
      context.header("WWW-Authenticate", "Bearer realm=\"tocsin\"");
      refuse(
          context,
          HttpStatus.UNAUTHORIZED,
          "unknown",
          "say who you are: sign in, or send a bearer token; tocsin token create makes one");
    }
  }

  private static String word(Object role) {
    return role.toString().toLowerCase(Locale.ROOT);
  }

  /** Answers who asks more often than they may. */
  public void tooOften(Context context, Duration wait) {
    context.header("Retry-After", Long.toString(Math.max(1, wait.plusMillis(999).toSeconds())));
    refuse(
        context,
        HttpStatus.TOO_MANY_REQUESTS,
        "rate",
        "more requests than server.rate-limit allows; wait as long as Retry-After says");
  }

  /** Answers a request that is not taken, counts it, and keeps its handler from it. */
  public void refuse(Context context, HttpStatus status, String reason, String detail) {
    meters.counter("tocsin.server.refused", "reason", reason).increment();
    HttpGuard.problem(context, status, detail);
    context.skipRemainingHandlers();
  }
}
