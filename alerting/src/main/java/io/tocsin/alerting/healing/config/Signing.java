package io.tocsin.alerting.healing.config;

import java.nio.file.Path;

/**
 * Keys of plans. Alerting signs with the private one, the responder checks with the public one; the
 * two may lie on different machines.
 *
 * @param privateKey PKCS#8 in PEM; null for one that {@code tocsin up} makes for itself
 * @param publicKey X.509 in PEM; null for that one's
 * @param required whether a plan without a signature is left alone; default true
 */
public record Signing(Path privateKey, Path publicKey, Boolean required) {

  /** Keys of the installation's own. */
  public static final Signing DEFAULT = new Signing(null, null, null);

  /** Fills in the default. */
  public Signing {
    required = required == null ? Boolean.TRUE : required;
  }
}
