package io.tocsin.server.access.oidc;

import com.nimbusds.jwt.JWT;
import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.TokenResponse;
import com.nimbusds.oauth2.sdk.auth.ClientAuthentication;
import com.nimbusds.oauth2.sdk.auth.ClientAuthenticationMethod;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.ClientSecretPost;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.openid.connect.sdk.AuthenticationRequest;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponseParser;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/**
 * The authorization code flow of OpenID Connect Core 1.0 with PKCE (RFC 7636). Calls go to the
 * issuer of the operator's configuration and where that leads, and nowhere that a browser says.
 */
public final class OidcFlow {

  private final OidcSettings settings;
  private final OidcProvider provider;
  private final Clock clock;

  /** A flow with a provider; nothing is asked yet. */
  public OidcFlow(OidcSettings settings, Clock clock) {
    this.settings = settings;
    this.provider = new OidcProvider(settings, clock);
    this.clock = clock;
  }

  /**
   * The way to the provider.
   *
   * @param to where the browser goes
   * @param cookie what it keeps meanwhile
   */
  public record Departure(URI to, String cookie) {}

  /** What people call the provider. */
  public String name() {
    return settings.name();
  }

  /**
   * Sends a browser to the provider.
   *
   * @throws OidcException if that does not answer
   */
  public Departure depart() throws OidcException {
    OIDCProviderMetadata addresses = provider.known().addresses();
    Attempt attempt = Attempt.begin(clock.instant());
    String secret = secret();
    URI to =
        new AuthenticationRequest.Builder(
                ResponseType.CODE,
                new Scope(settings.scopes().toArray(String[]::new)),
                new ClientID(settings.clientId()),
                settings.redirect())
            .endpointURI(addresses.getAuthorizationEndpointURI())
            .state(new State(attempt.derive("state", secret)))
            .nonce(new Nonce(attempt.derive("nonce", secret)))
            .codeChallenge(
                new CodeVerifier(attempt.derive("verifier", secret)), CodeChallengeMethod.S256)
            .build()
            .toURI();
    return new Departure(to, attempt.cookie());
  }

  /**
   * Takes a browser back.
   *
   * @param query what the provider had it bring
   * @param cookie what it kept; null for nothing
   * @throws OidcException if it brings nothing that holds
   */
  public Person arrive(Map<String, List<String>> query, String cookie) throws OidcException {
    Attempt attempt =
        Attempt.of(cookie, clock.instant())
            .orElseThrow(
                () ->
                    OidcException.refused(
                        "signing in was not begun in this browser, or took too long; begin again"));
    String secret = secret();
    if (!same(attempt.derive("state", secret), one(query, "state"))) {
      throw OidcException.refused("this answers no sign-in of this browser; begin again");
    }
    String issuer = one(query, "iss");
    if (issuer != null && !issuer.equals(settings.issuer().toString())) {
      throw OidcException.refused("this is the answer of another provider");
    }
    String code = one(query, "code");
    if (code == null || code.isBlank()) {
      throw OidcException.refused(settings.name() + " did not sign you in");
    }
    JWT token = idToken(code, attempt.derive("verifier", secret), secret);
    return Person.of(
        provider.claims(token, attempt.derive("nonce", secret)).toJSONObject(), settings);
  }

  private JWT idToken(String code, String verifier, String secret) throws OidcException {
    OIDCProviderMetadata addresses = provider.known().addresses();
    try {
      HTTPRequest request =
          new TokenRequest.Builder(
                  addresses.getTokenEndpointURI(),
                  client(addresses, secret),
                  new AuthorizationCodeGrant(
                      new AuthorizationCode(code), settings.redirect(), new CodeVerifier(verifier)))
              .build()
              .toHTTPRequest();
      request.setConnectTimeout(OidcProvider.CONNECT_MS);
      request.setReadTimeout(OidcProvider.READ_MS);
      request.setFollowRedirects(false);
      TokenResponse answer = OIDCTokenResponseParser.parse(request.send());
      if (!answer.indicatesSuccess()) {
        throw OidcException.refused(
            settings.name()
                + " does not stand for you: "
                + answer.toErrorResponse().getErrorObject().getCode());
      }
      JWT token =
          ((com.nimbusds.openid.connect.sdk.OIDCTokenResponse) answer.toSuccessResponse())
              .getOIDCTokens()
              .getIDToken();
      if (token == null) {
        throw OidcException.refused(settings.name() + " does not say who you are");
      }
      return token;
    } catch (IOException | ParseException away) {
      throw OidcException.away(
          settings.name() + " does not answer as a provider does: " + away.getMessage(), away);
    }
  }

  private ClientAuthentication client(OIDCProviderMetadata addresses, String secret) {
    List<ClientAuthenticationMethod> methods = addresses.getTokenEndpointAuthMethods();
    ClientID id = new ClientID(settings.clientId());
    boolean inBody =
        methods != null
            && !methods.contains(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
            && methods.contains(ClientAuthenticationMethod.CLIENT_SECRET_POST);
    return inBody
        ? new ClientSecretPost(id, new Secret(secret))
        : new ClientSecretBasic(id, new Secret(secret));
  }

  private String secret() throws OidcException {
    try {
      return settings.clientSecret().read();
    } catch (IOException none) {
      throw OidcException.away(none.getMessage(), none);
    }
  }

  private static String one(Map<String, List<String>> query, String name) {
    List<String> values = query.getOrDefault(name, List.of());
    return values.size() == 1 ? values.get(0) : null;
  }

  private static boolean same(String wanted, String shown) {
    return shown != null
        && MessageDigest.isEqual(
            wanted.getBytes(StandardCharsets.US_ASCII), shown.getBytes(StandardCharsets.UTF_8));
  }
}
