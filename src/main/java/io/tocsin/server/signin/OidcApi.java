package io.tocsin.server.signin;

import static io.tocsin.server.http.HttpGuard.problem;

import io.javalin.http.Context;
import io.javalin.http.Cookie;
import io.javalin.http.HttpStatus;
import io.javalin.http.SameSite;
import io.tocsin.alerting.healing.execute.PlainText;
import io.tocsin.server.access.AccessDesk;
import io.tocsin.server.access.Peers;
import io.tocsin.server.access.Role;
import io.tocsin.server.access.oidc.OidcException;
import io.tocsin.server.access.oidc.OidcFlow;
import io.tocsin.server.access.oidc.Person;
import io.tocsin.server.http.Area;
import io.tocsin.server.http.Endpoint;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Signing in with a provider of OpenID Connect. */
public final class OidcApi implements Area {

  private static final Logger LOG = LoggerFactory.getLogger(OidcApi.class);
  private static final String COOKIE = "tocsin-sign-in";
  private static final String PATH = "/api/v1/login/oidc";
  private static final Duration COOKIE_FOR = Duration.ofMinutes(10);

  private static final int LONGEST_REASON = 300;

  /** A provider that hangs must not keep all threads of the server. */
  private final Semaphore calls = new Semaphore(3);

  private final OidcFlow flow;
  private final AccessDesk desk;
  private final SignIn signIn;
  private final Peers peers;

  /** Signing in by a flow. */
  public OidcApi(OidcFlow flow, AccessDesk desk, SignIn signIn, Peers peers) {
    this.flow = flow;
    this.desk = desk;
    this.signIn = signIn;
    this.peers = peers;
  }

  @Override
  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get(PATH, Role.NOBODY)
            .does("access", "Sends a browser to the provider to sign in.")
            .answersAs("text/html")
            .status(302)
            .by(context -> bounded(context, () -> depart(context))),
        Endpoint.get(PATH + "/callback", Role.NOBODY)
            .does("access", "Where the provider sends it back to; begins a session.")
            .query("code", "what the provider knows the sign-in by")
            .query("state", "what this server knows it by")
            .answersAs("text/html")
            .status(302)
            .by(context -> bounded(context, () -> arrive(context))));
  }

  private interface Step {
    void take() throws OidcException;
  }

  private void bounded(Context context, Step step) {
    if (signIn.isTooOften(context)) {
      return;
    }
    if (!calls.tryAcquire()) {
      problem(
          context,
          HttpStatus.SERVICE_UNAVAILABLE,
          flow.name() + " keeps others waiting; try again in a moment");
      return;
    }
    try {
      step.take();
    } catch (OidcException failed) {
      String why = PlainText.head(failed.getMessage(), LONGEST_REASON);
      LOG.warn("a sign-in by {} failed: {}", flow.name(), why);
      if (failed.isProviderAway()) {
        problem(context, HttpStatus.BAD_GATEWAY, why);
      } else {
        signIn.refuse(context, why);
      }
    } finally {
      calls.release();
    }
  }

  private void depart(Context context) throws OidcException {
    OidcFlow.Departure departure = flow.depart();
    context.cookie(cookie(context, departure.cookie(), (int) COOKIE_FOR.toSeconds()));
    context.redirect(departure.to().toString(), HttpStatus.FOUND);
  }

  private void arrive(Context context) throws OidcException {
    String kept = context.cookie(COOKIE);
    context.cookie(cookie(context, "", 0));
    Person person = flow.arrive(context.queryParamMap(), kept);
    if (person.role() == Role.NOBODY) {
      signIn.forbid(
          context,
          person.name()
              + " is in none of the groups that server.oidc.roles names; an administrator can add"
              + " one");
    } else if (AccessApi.kept(
        context,
        () -> signIn.begin(context, desk.session(person.name(), person.role(), flow.name())))) {
      context.redirect("/", HttpStatus.FOUND);
    }
  }

  /** Lax, because it is the provider's page that leads back here. */
  private Cookie cookie(Context context, String value, int seconds) {
    return new Cookie(
        COOKIE, value, PATH, seconds, peers.isHttps(context), true, null, SameSite.LAX);
  }
}
