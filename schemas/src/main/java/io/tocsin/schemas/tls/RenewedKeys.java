package io.tocsin.schemas.tls;

import io.tocsin.schemas.secret.SecretRef;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;

/**
 * Shows the certificate of a PEM file, as it is now. A handshake asks three times: for a name, for
 * its certificate, and for its key. Names are numbered, and the pair before the present one is
 * kept, so that a handshake during which the files change gets a pair that fits.
 */
final class RenewedKeys extends X509ExtendedKeyManager {

  private static final char[] OF_NO_FILE = new char[0];

  private record Pairs(X509ExtendedKeyManager present, X509ExtendedKeyManager before) {}

  private final String certificate;
  private final SecretRef key;
  private final Renewed<Pairs> now;
  private int number;
  private X509ExtendedKeyManager newest;

  RenewedKeys(String certificate, SecretRef key) throws IOException {
    this.certificate = certificate;
    this.key = key;
    List<Path> files = new ArrayList<>(List.of(Path.of(certificate)));
    if (key.file() != null) {
      files.add(Path.of(key.file()));
    }
    this.now = new Renewed<>(files, this::read);
  }

  private Pairs read() throws IOException {
    PrivateKey secret = Pem.key(key);
    X509Certificate[] chain = Pem.certificates(Path.of(certificate));
    Pem.requirePair(certificate, chain[0], key, secret);
    try {
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      store.setKeyEntry("tocsin-" + ++number, secret, OF_NO_FILE, chain);
      // The other one, PKIX, gives names of its own.
      KeyManagerFactory factory = KeyManagerFactory.getInstance("SunX509");
      factory.init(store, OF_NO_FILE);
      for (KeyManager one : factory.getKeyManagers()) {
        if (one instanceof X509ExtendedKeyManager extended) {
          Pairs pairs = new Pairs(extended, newest == null ? extended : newest);
          newest = extended;
          return pairs;
        }
      }
      throw new IOException("this Java shows no certificates");
    } catch (GeneralSecurityException unusable) {
      throw new IOException(certificate + " cannot be used: " + unusable.getMessage(), unusable);
    }
  }

  private <T> T of(Function<X509ExtendedKeyManager, T> question) {
    Pairs pairs = now.get();
    T answer = question.apply(pairs.present());
    return answer == null ? question.apply(pairs.before()) : answer;
  }

  @Override
  public X509Certificate[] getCertificateChain(String name) {
    return of(pair -> pair.getCertificateChain(name));
  }

  @Override
  public PrivateKey getPrivateKey(String name) {
    return of(pair -> pair.getPrivateKey(name));
  }

  @Override
  public String chooseEngineServerAlias(String kind, Principal[] issuers, SSLEngine engine) {
    return now.get().present().chooseEngineServerAlias(kind, issuers, engine);
  }

  @Override
  public String chooseEngineClientAlias(String[] kinds, Principal[] issuers, SSLEngine engine) {
    return now.get().present().chooseEngineClientAlias(kinds, issuers, engine);
  }

  @Override
  public String chooseServerAlias(String kind, Principal[] issuers, Socket socket) {
    return now.get().present().chooseServerAlias(kind, issuers, socket);
  }

  @Override
  public String chooseClientAlias(String[] kinds, Principal[] issuers, Socket socket) {
    return now.get().present().chooseClientAlias(kinds, issuers, socket);
  }

  @Override
  public String[] getServerAliases(String kind, Principal[] issuers) {
    return now.get().present().getServerAliases(kind, issuers);
  }

  @Override
  public String[] getClientAliases(String kind, Principal[] issuers) {
    return now.get().present().getClientAliases(kind, issuers);
  }
}
