package io.tocsin.schemas.tls;

import io.tocsin.schemas.secret.SecretRef;
import java.io.IOException;
import java.util.Set;
import javax.net.ssl.SSLContext;

/**
 * How a port shows who it is, and whom it takes: TLS 1.2 and newer.
 *
 * @param certificate PEM file of its certificate and those that it hangs on
 * @param key the key that belongs to it: PKCS #8, PEM, not encrypted
 * @param clientCa PEM file of the authorities whose certificates callers have to show; null for
 *     none, where anybody may connect
 * @param open what is answered to those too who show none; of no meaning without {@code clientCa}
 */
public record ServerTls(String certificate, SecretRef key, String clientCa, Set<Open> open) {

  /** The versions that are spoken. */
  public static final String[] VERSIONS = {"TLSv1.3", "TLSv1.2"};

  /** What may be asked without a certificate: probes of a platform have none. */
  public enum Open {
    HEALTH,
    METRICS
  }

  /**
   * Checks that both halves are there.
   *
   * @throws IllegalArgumentException saying what is missing
   */
  public ServerTls {
    if (certificate == null || key == null) {
      throw new IllegalArgumentException("tls needs both certificate and key");
    }
    open = open == null ? Set.of() : Set.copyOf(open);
    if (clientCa == null && !open.isEmpty()) {
      throw new IllegalArgumentException(
          "open says what needs no certificate, and without client-ca nothing does; leave it out");
    }
  }

  /** A port that anybody may connect to. */
  public ServerTls(String certificate, SecretRef key) {
    this(certificate, key, null, null);
  }

  /**
   * {@code http} or {@code https}, as addresses of a port begin.
   *
   * @param tls null for none
   */
  public static String scheme(ServerTls tls) {
    return tls == null ? "http" : "https";
  }

  /**
   * What a server makes its connections with; it reads files again when they change.
   *
   * @throws IOException naming the file that cannot be used, and why
   */
  public SSLContext context() throws IOException {
    return Contexts.of(certificate, key, clientCa);
  }

  /** What this port asks others like it with: the same authority, the same certificate. */
  public ClientTls asClient() {
    return new ClientTls(clientCa, certificate, key);
  }
}
