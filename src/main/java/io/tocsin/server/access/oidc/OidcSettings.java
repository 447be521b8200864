package io.tocsin.server.access.oidc;

import io.tocsin.schemas.secret.SecretRef;
import io.tocsin.server.access.Role;
import java.net.URI;
import java.util.List;
import java.util.Map;

/**
 * A provider, as the operator describes it.
 *
 * @param issuer its name and address; all others are found from there
 * @param clientId what it calls this installation
 * @param clientSecret what it knows this installation by
 * @param name what people call it
 * @param scopes what is asked for, {@code openid} among it
 * @param roleClaim where the ID token has groups or roles; dots lead into objects
 * @param roles what they may do here
 * @param redirect where it sends people back to, as it has been registered there
 */
public record OidcSettings(
    URI issuer,
    String clientId,
    SecretRef clientSecret,
    String name,
    List<String> scopes,
    String roleClaim,
    Map<String, Role> roles,
    URI redirect) {

  /** Copies the lists. */
  public OidcSettings {
    scopes = List.copyOf(scopes);
    roles = Map.copyOf(roles);
  }
}
