package io.tocsin.config;

import io.tocsin.schemas.AccessRole;
import io.tocsin.schemas.secret.SecretRef;
import io.tocsin.schemas.tls.ServerTls;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Where the API and the console listen, and who may use them.
 *
 * @param listen address; the loopback one, unless other machines are to reach it
 * @param names host names it answers to beside those of loopback and {@code listen}
 * @param anonymous what callers on this machine are who do not say who they are; null for the
 *     usual, see {@link #role()}
 * @param trustedProxies addresses of proxies whose word on where a request comes from counts
 * @param rateLimit how often callers may ask
 * @param oidc who else can sign people in; null for nobody
 * @param tls what the port shows of itself, and whom it takes; that of {@code respond --http} and
 *     of {@code watchdog} too, where those run; null for HTTP as it is
 */
public record ServerSection(
    String listen,
    List<String> names,
    AccessRole anonymous,
    List<String> trustedProxies,
    RateLimits rateLimit,
    Oidc oidc,
    ServerTls tls) {

  static final ServerSection DEFAULT = new ServerSection(null, null, null, null, null, null, null);

  private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost");

  /** Fills in what is not written. */
  public ServerSection {
    listen = listen == null ? "127.0.0.1" : listen;
    names = names == null ? List.of() : List.copyOf(names);
    trustedProxies = trustedProxies == null ? List.of() : List.copyOf(trustedProxies);
    rateLimit = rateLimit == null ? new RateLimits(null, null, null, null) : rateLimit;
  }

  /** One that speaks HTTP as it is. */
  public ServerSection(
      String listen,
      List<String> names,
      AccessRole anonymous,
      List<String> trustedProxies,
      RateLimits rateLimit,
      Oidc oidc) {
    this(listen, names, anonymous, trustedProxies, rateLimit, oidc, null);
  }

  /** Whether only this machine can reach it, and nothing says that others come through a proxy. */
  public boolean isOfThisMachineAlone() {
    return LOOPBACK.contains(listen) && names.isEmpty() && trustedProxies.isEmpty();
  }

  /**
   * What callers on this machine are who do not say who they are: administrators where nobody else
   * can come and nobody was named, else nobody.
   */
  public AccessRole role() {
    if (anonymous != null) {
      return anonymous;
    }
    return isOfThisMachineAlone() && oidc == null ? AccessRole.ADMIN : AccessRole.NOBODY;
  }

  /** The host under which this machine reaches it. */
  public String host() {
    return listen.equals("0.0.0.0") ? "127.0.0.1" : listen;
  }

  /**
   * How often callers may ask.
   *
   * @param perSecond requests of one token or address, as a rule
   * @param burst at once
   * @param signInsPerMinute attempts of one address to sign in
   * @param live connections of one caller that stay open
   */
  public record RateLimits(
      Integer perSecond, Integer burst, Integer signInsPerMinute, Integer live) {

    /** Fills in what is not written. */
    public RateLimits {
      perSecond = perSecond == null ? 1_000 : perSecond;
      burst = burst == null ? 2 * perSecond : burst;
      signInsPerMinute = signInsPerMinute == null ? 10 : signInsPerMinute;
      live = live == null ? 20 : live;
    }
  }

  /**
   * A provider of OpenID Connect.
   *
   * @param issuer its address
   * @param clientId what it calls this installation
   * @param clientSecret where the secret stands that it knows this installation by
   * @param name what people call it
   * @param scopes what is asked for
   * @param roleClaim where the ID token has groups; dots lead into objects
   * @param roles what a group may do
   * @param redirect where it sends people back to
   */
  public record Oidc(
      URI issuer,
      String clientId,
      SecretRef clientSecret,
      String name,
      List<String> scopes,
      String roleClaim,
      Map<String, AccessRole> roles,
      URI redirect) {

    /** Fills in what is not written. */
    public Oidc {
      name = name == null ? issuer.getHost() : name;
      scopes = scopes == null ? List.of("openid", "profile") : List.copyOf(scopes);
      roleClaim = roleClaim == null ? "groups" : roleClaim;
      roles = roles == null ? Map.of() : Map.copyOf(roles);
    }
  }
}
