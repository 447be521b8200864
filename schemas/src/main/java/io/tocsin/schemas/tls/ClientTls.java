package io.tocsin.schemas.tls;

import io.tocsin.schemas.secret.SecretRef;
import java.io.IOException;
import java.nio.file.Path;
import javax.net.ssl.SSLContext;
import javax.net.ssl.X509TrustManager;

/**
 * How a client knows the server that it talks to, and what it shows to it.
 *
 * @param ca PEM file of the authorities that servers are believed by; null for those that Java
 *     knows
 * @param certificate PEM file of its own certificate; null for none
 * @param key the key that belongs to it: PKCS #8, PEM, not encrypted; null for none
 */
public record ClientTls(String ca, String certificate, SecretRef key) {

  /**
   * Checks that what belongs together is there together.
   *
   * @throws IllegalArgumentException saying what is missing
   */
  public ClientTls {
    if ((certificate == null) != (key == null)) {
      throw new IllegalArgumentException(
          "certificate and key belong together: write both, or none");
    }
  }

  /** A client that shows nothing. */
  public static ClientTls believing(String ca) {
    return new ClientTls(ca, null, null);
  }

  /**
   * What it makes its connections with; it reads files again when they change. Names of hosts are
   * for the HTTP client to compare, and all of ours do.
   *
   * @throws IOException naming the file that cannot be used, and why
   */
  public SSLContext context() throws IOException {
    return Contexts.of(certificate, key, ca);
  }

  /**
   * The same as PKCS #12 files, for engines that take nothing else.
   *
   * @param trust where the authorities go
   * @param own where certificate and key go, if there are any
   * @param password of both files
   * @throws IOException naming the file that cannot be used, and why
   */
  public void writeStores(Path trust, Path own, String password) throws IOException {
    Contexts.write(Contexts.store(trust().getAcceptedIssuers()), trust, password);
    if (certificate != null) {
      Contexts.write(
          Contexts.store(Pem.key(key), Pem.certificates(Path.of(certificate)), password),
          own,
          password);
    }
  }

  /**
   * Whom it believes, for clients that want this beside the context.
   *
   * @throws IOException naming the file that cannot be used, and why
   */
  public X509TrustManager trust() throws IOException {
    return Contexts.trust(ca);
  }
}
