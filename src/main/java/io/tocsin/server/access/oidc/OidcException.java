package io.tocsin.server.access.oidc;

/** Somebody cannot be signed in by a provider. */
public final class OidcException extends Exception {

  private static final long serialVersionUID = 1L;

  private final boolean isProviderAway;

  private OidcException(String message, boolean isProviderAway, Throwable cause) {
    super(message, cause);
    this.isProviderAway = isProviderAway;
  }

  static OidcException refused(String message) {
    return new OidcException(message, false, null);
  }

  static OidcException refused(String message, Throwable cause) {
    return new OidcException(message, false, cause);
  }

  static OidcException away(String message, Throwable cause) {
    return new OidcException(message, true, cause);
  }

  /** Whether the provider did not answer, or not as a provider does. */
  public boolean isProviderAway() {
    return isProviderAway;
  }
}
