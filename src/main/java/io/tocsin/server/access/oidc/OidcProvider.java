package io.tocsin.server.access.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jwt.JWT;
import com.nimbusds.oauth2.sdk.GeneralException;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.claims.AuthorizedParty;
import com.nimbusds.openid.connect.sdk.claims.IDTokenClaimsSet;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import com.nimbusds.openid.connect.sdk.validators.IDTokenValidator;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What is known of a provider: its addresses, which it tells at the issuer's own, and its keys. ID
 * tokens are taken if they are signed with one of these keys by an algorithm of key pairs, and are
 * for us, of this issuer, of now and of this attempt. Thread-safe.
 */
final class OidcProvider {

  static final int CONNECT_MS = 3_000;
  static final int READ_MS = 5_000;
  private static final int LARGEST_KEYS = 256 << 10;
  private static final Duration KEPT_FOR = Duration.ofHours(1);

  private final OidcSettings settings;
  private final Clock clock;
  private Known known;

  /** Its addresses and keys, as it told them at a time. */
  record Known(OIDCProviderMetadata addresses, JWKSource<SecurityContext> keys, Instant at) {}

  OidcProvider(OidcSettings settings, Clock clock) {
    this.settings = settings;
    this.clock = clock;
  }

  /**
   * Its addresses and keys; asks for them if they are not known, or old.
   *
   * @throws OidcException if it does not tell them
   */
  synchronized Known known() throws OidcException {
    Instant now = clock.instant();
    if (known == null || !now.isBefore(known.at().plus(KEPT_FOR))) {
      known = ask(now);
    }
    return known;
  }

  private Known ask(Instant now) throws OidcException {
    try {
      OIDCProviderMetadata addresses =
          OIDCProviderMetadata.resolve(
              new Issuer(settings.issuer()),
              request -> {
                request.setConnectTimeout(CONNECT_MS);
                request.setReadTimeout(READ_MS);
                request.setFollowRedirects(false);
              });
      requireSafe(addresses.getAuthorizationEndpointURI());
      requireSafe(addresses.getTokenEndpointURI());
      requireSafe(addresses.getJWKSetURI());
      return new Known(addresses, keys(addresses.getJWKSetURI()), now);
    } catch (IOException | GeneralException away) {
      throw OidcException.away(
          settings.name() + " does not tell its addresses: " + away.getMessage(), away);
    }
  }

  private static JWKSource<SecurityContext> keys(URI address) throws MalformedURLException {
    return JWKSourceBuilder.<SecurityContext>create(
            address.toURL(), new DefaultResourceRetriever(CONNECT_MS, READ_MS, LARGEST_KEYS))
        .build();
  }

  /** What was asked for in secret must not go on in the open. */
  private void requireSafe(URI address) throws OidcException {
    boolean isSafe =
        address != null
            && ("https".equalsIgnoreCase(address.getScheme())
                || "http".equalsIgnoreCase(settings.issuer().getScheme()));
    if (!isSafe) {
      throw OidcException.away(
          settings.name() + " names an address that is not https: " + address, null);
    }
  }

  /**
   * What an ID token says, if it can be believed.
   *
   * @throws OidcException if it cannot
   */
  IDTokenClaimsSet claims(JWT token, String nonce) throws OidcException {
    Known now = known();
    IDTokenValidator validator =
        new IDTokenValidator(
            new Issuer(settings.issuer()),
            new ClientID(settings.clientId()),
            new JWSVerificationKeySelector<>(algorithms(now.addresses()), now.keys()),
            null);
    try {
      IDTokenClaimsSet claims = validator.validate(token, new Nonce(nonce));
      requireForUs(claims);
      return claims;
    } catch (BadJOSEException | JOSEException unbelievable) {
      throw OidcException.refused(
          "what " + settings.name() + " says of you does not hold: " + unbelievable.getMessage(),
          unbelievable);
    }
  }

  /** Of several that it is for, one has asked for it: OpenID Connect Core, 3.1.3.7. */
  private void requireForUs(IDTokenClaimsSet claims) throws OidcException {
    AuthorizedParty asker = claims.getAuthorizedParty();
    boolean isOurs =
        asker == null
            ? claims.getAudience().size() == 1
            : asker.getValue().equals(settings.clientId());
    if (!isOurs) {
      throw OidcException.refused(
          "what " + settings.name() + " says of you was said to another: " + asker);
    }
  }

  /** Those with key pairs: a shared secret would be known to more than the provider. */
  private static Set<JWSAlgorithm> algorithms(OIDCProviderMetadata addresses) {
    List<JWSAlgorithm> offered = addresses.getIDTokenJWSAlgs();
    Set<JWSAlgorithm> taken =
        new HashSet<>(offered == null ? List.of(JWSAlgorithm.RS256) : offered);
    taken.retainAll(JWSAlgorithm.Family.SIGNATURE);
    return taken.isEmpty() ? Set.of(JWSAlgorithm.RS256) : taken;
  }
}
