package io.tocsin.collectors.network;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/** Where trust in certificates begins: a file's, or the JVM's, which is loaded once. */
final class Trust {

  private static final int LARGEST_FILE = 4 << 20;

  private Trust() {}

  private static final class Jvm {
    static final X509ExtendedTrustManager MANAGER;

    static {
      try {
        MANAGER = manager(null);
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("this JVM trusts nobody", e);
      }
    }
  }

  /**
   * Who decides.
   *
   * @param caFile PEM file; null for the JVM's
   * @throws IOException if the file cannot be read, or holds no certificates
   */
  static X509ExtendedTrustManager from(Path caFile) throws IOException {
    if (caFile == null) {
      return Jvm.MANAGER;
    }
    byte[] pem;
    try (InputStream in = Files.newInputStream(caFile)) {
      pem = in.readNBytes(LARGEST_FILE);
    }
    try {
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      int number = 0;
      for (Certificate trusted :
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(pem))) {
        store.setCertificateEntry("ca-" + number++, trusted);
      }
      if (number == 0) {
        throw new IOException("there is no certificate in it");
      }
      return manager(store);
    } catch (GeneralSecurityException e) {
      throw new IOException("it is no PEM file of certificates", e);
    }
  }

  private static X509ExtendedTrustManager manager(KeyStore store) throws GeneralSecurityException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    for (TrustManager manager : factory.getTrustManagers()) {
      if (manager instanceof X509ExtendedTrustManager extended) {
        return extended;
      }
    }
    throw new GeneralSecurityException("no X.509 trust manager");
  }
}
