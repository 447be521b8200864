package io.tocsin.pipeline;

import io.micrometer.core.instrument.MeterRegistry;
import io.tocsin.config.ServerSection;
import io.tocsin.schemas.AccessRole;
import io.tocsin.schemas.exchange.TopicWriter;
import io.tocsin.server.access.AccessDesk;
import io.tocsin.server.access.AccessSink;
import io.tocsin.server.access.AccessTokens;
import io.tocsin.server.access.Peers;
import io.tocsin.server.access.RateLimit;
import io.tocsin.server.access.Role;
import io.tocsin.server.access.TokenAccess;
import io.tocsin.server.access.oidc.OidcFlow;
import io.tocsin.server.access.oidc.OidcSettings;
import io.tocsin.server.http.Area;
import io.tocsin.server.http.Door;
import io.tocsin.server.http.Gate;
import io.tocsin.server.http.HttpGuard;
import io.tocsin.server.http.LiveConnections;
import io.tocsin.server.http.Transport;
import io.tocsin.server.signin.AccessApi;
import io.tocsin.server.signin.OidcApi;
import io.tocsin.server.signin.SignIn;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Who may use the API, made of what the configuration says.
 *
 * @param door where the server listens, and what it lets in
 * @param areas what it answers about access
 */
public record AccessStage(Door door, List<Area> areas) {

  /**
   * Access to a server.
   *
   * @param tokens those of the topic; told when they are taken back
   * @param writer takes new ones to it
   */
  public static AccessStage of(
      ServerSection server,
      AccessTokens tokens,
      TopicWriter writer,
      MeterRegistry meters,
      Clock clock) {
    return of(server, tokens, AccessSink.to(writer), meters, clock);
  }

  /** The same, kept elsewhere. */
  public static AccessStage of(
      ServerSection server,
      AccessTokens tokens,
      AccessSink sink,
      MeterRegistry meters,
      Clock clock) {
    ServerSection.RateLimits limits = server.rateLimit();
    Peers peers = new Peers(Set.copyOf(server.trustedProxies()));
    Gate gate =
        new Gate(
            new TokenAccess(tokens, role(server.role()), peers, clock),
            peers,
            new RateLimit(limits.perSecond(), Duration.ofSeconds(1), limits.burst(), clock)::take,
            meters);
    LiveConnections live = new LiveConnections(limits.live(), peers, clock, meters);
    tokens.onGone(live::end);
    AccessDesk desk = new AccessDesk(tokens, sink, clock);
    RateLimit attempts =
        new RateLimit(
            limits.signInsPerMinute(), Duration.ofMinutes(1), limits.signInsPerMinute(), clock);
    SignIn signIn = new SignIn(tokens, desk, gate, peers, attempts, clock);
    List<Area> areas = new ArrayList<>();
    String provider = server.oidc() == null ? null : server.oidc().name();
    areas.add(new AccessApi(tokens, desk, signIn, provider, clock));
    if (server.oidc() != null) {
      OidcFlow flow = new OidcFlow(settings(server.oidc()), clock);
      areas.add(new OidcApi(flow, desk, signIn, peers));
    }
    return new AccessStage(
        new Door(
            server.listen(),
            Transport.of(server.tls(), meters),
            new HttpGuard(names(server), peers, meters),
            gate,
            live),
        List.copyOf(areas));
  }

  /** The areas of access with others after them. */
  public List<Area> with(List<Area> more) {
    List<Area> all = new ArrayList<>(areas);
    all.addAll(more);
    return all;
  }

  private static Set<String> names(ServerSection server) {
    Set<String> names = new HashSet<>(HttpGuard.LOOPBACK);
    names.add(server.host());
    names.addAll(server.names());
    return names;
  }

  private static OidcSettings settings(ServerSection.Oidc oidc) {
    Map<String, Role> roles = new HashMap<>();
    oidc.roles().forEach((group, role) -> roles.put(group, role(role)));
    return new OidcSettings(
        oidc.issuer(),
        oidc.clientId(),
        oidc.clientSecret(),
        oidc.name(),
        oidc.scopes(),
        oidc.roleClaim(),
        roles,
        oidc.redirect());
  }

  private static Role role(AccessRole role) {
    return Role.valueOf(role.name());
  }
}
