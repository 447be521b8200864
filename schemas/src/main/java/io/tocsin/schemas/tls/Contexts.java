package io.tocsin.schemas.tls;

import io.tocsin.schemas.secret.SecretRef;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/** Makes Java's TLS contexts of PEM files. */
final class Contexts {

  /**
   * A session that is taken up again is not asked for its certificate anew, so that one which has
   * expired, or whose authority is gone, would be good for as long; a day by default.
   */
  private static final int SESSION_S = 300;

  private Contexts() {}

  /**
   * A context.
   *
   * @param certificate null for none
   * @param authority whom to believe; null for those that Java knows
   */
  static SSLContext of(String certificate, SecretRef key, String authority) throws IOException {
    KeyManager[] own =
        certificate == null
            ? new KeyManager[0]
            : new KeyManager[] {new RenewedKeys(certificate, key)};
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(own, new TrustManager[] {trust(authority)}, null);
      for (SSLSessionContext sessions :
          List.of(context.getServerSessionContext(), context.getClientSessionContext())) {
        sessions.setSessionTimeout(SESSION_S);
      }
      return context;
    } catch (GeneralSecurityException impossible) {
      throw new IOException("this Java makes no TLS: " + impossible.getMessage(), impossible);
    }
  }

  static X509ExtendedTrustManager trust(String authority) throws IOException {
    return authority == null ? javas(null) : new RenewedTrust(authority);
  }

  static KeyStore store(X509Certificate... authorities) throws IOException {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      for (X509Certificate authority : authorities) {
        store.setCertificateEntry("authority-" + store.size(), authority);
      }
      return store;
    } catch (GeneralSecurityException impossible) {
      throw new IOException("certificates cannot be kept: " + impossible.getMessage(), impossible);
    }
  }

  static KeyStore store(PrivateKey key, X509Certificate[] chain, String password)
      throws IOException {
    KeyStore store = store();
    try {
      store.setKeyEntry("tocsin", key, password.toCharArray(), chain);
      return store;
    } catch (GeneralSecurityException unusable) {
      throw new IOException("the key cannot be kept: " + unusable.getMessage(), unusable);
    }
  }

  static void write(KeyStore store, Path file, String password) throws IOException {
    try (OutputStream out = Files.newOutputStream(file)) {
      store.store(out, password.toCharArray());
    } catch (GeneralSecurityException impossible) {
      throw new IOException(file + " cannot be written: " + impossible.getMessage(), impossible);
    }
  }

  /**
   * Java's own way to decide.
   *
   * @param authorities null for those that Java knows
   */
  static X509ExtendedTrustManager javas(KeyStore authorities) throws IOException {
    try {
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(authorities);
      for (TrustManager one : factory.getTrustManagers()) {
        if (one instanceof X509ExtendedTrustManager extended) {
          return extended;
        }
      }
      throw new IOException("this Java decides on no certificates");
    } catch (GeneralSecurityException impossible) {
      throw new IOException("this Java makes no TLS: " + impossible.getMessage(), impossible);
    }
  }
}
