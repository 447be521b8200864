package io.tocsin.collectors.health;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * What Kubernetes puts into each pod for it to talk to the API server with: a token, renewed every
 * hour or so, and the certificates that the server's is signed by.
 */
final class ServiceAccount {

  private static final Path FOLDER = Path.of("/var/run/secrets/kubernetes.io/serviceaccount");

  static final Path TOKEN = FOLDER.resolve("token");
  static final Path CA = FOLDER.resolve("ca.crt");

  private static final int LONGEST_TOKEN = 16 * 1024;

  private ServiceAccount() {}

  /**
   * A bearer token.
   *
   * @throws IOException if it cannot be read, or is nothing that can stand in a header
   */
  static String token(Path file) throws IOException {
    byte[] bytes;
    try (InputStream in = Files.newInputStream(file)) {
      bytes = in.readNBytes(LONGEST_TOKEN + 1);
    }
    String token = new String(bytes, StandardCharsets.ISO_8859_1).strip();
    if (bytes.length > LONGEST_TOKEN || !token.matches("[!-~]+")) {
      throw new IOException("it holds no token");
    }
    return token;
  }

  /** A TLS context that trusts the certificates in a PEM file and no others. */
  static SSLContext trusting(Path certificates) throws IOException, GeneralSecurityException {
    KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
    trusted.load(null, null);
    try (InputStream in = Files.newInputStream(certificates)) {
      int count = 0;
      for (Certificate certificate :
          CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        trusted.setCertificateEntry("ca-" + count++, certificate);
      }
    }
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }
}
