package io.tocsin.schemas.tls;

import io.tocsin.schemas.secret.SecretRef;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Certificates and keys as PEM has them (RFC 7468). Nothing that it says has a key in it. */
final class Pem {

  private static final Pattern PKCS_8 =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");

  private static final List<String> KINDS = List.of("RSA", "EC", "EdDSA");

  private Pem() {}

  static X509Certificate[] certificates(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      X509Certificate[] all =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(in)
              .toArray(X509Certificate[]::new);
      if (all.length == 0) {
        throw new IOException(
            "there is no certificate in " + file + "; it has to begin with -----BEGIN CERTIFICATE");
      }
      return all;
    } catch (CertificateException malformed) {
      throw new IOException(
          file + " is no PEM file of certificates: " + malformed.getMessage(), malformed);
    } catch (NoSuchFileException missing) {
      throw new IOException("there is no file " + file, missing);
    }
  }

  static KeyStore authorities(Path file) throws IOException {
    return Contexts.store(certificates(file));
  }

  static PrivateKey key(SecretRef place) throws IOException {
    Matcher found = PKCS_8.matcher(read(place));
    if (!found.find()) {
      throw new IOException(
          place
              + " has no PKCS #8 key without a password (-----BEGIN PRIVATE KEY-----); openssl"
              + " pkcs8 -topk8 -nodes makes one of other kinds");
    }
    byte[] der;
    try {
      der = Base64.getMimeDecoder().decode(found.group(1));
    } catch (IllegalArgumentException broken) {
      throw new IOException(place + " has a key that is no Base64", broken);
    }
    for (String kind : KINDS) {
      try {
        return KeyFactory.getInstance(kind).generatePrivate(new PKCS8EncodedKeySpec(der));
      } catch (InvalidKeySpecException other) {
        // the next kind may fit
      } catch (GeneralSecurityException unknown) {
        throw new IOException("this Java knows no keys of kind " + kind, unknown);
      }
    }
    throw new IOException(place + " has a key of another kind than RSA, EC or EdDSA");
  }

  private static String read(SecretRef place) throws IOException {
    try {
      return place.read();
    } catch (NoSuchFileException missing) {
      throw new IOException("there is no " + place, missing);
    }
  }

  /** Two files of a renewal are not written at one instant. */
  static void requirePair(String file, X509Certificate certificate, SecretRef place, PrivateKey key)
      throws IOException {
    byte[] text = {1};
    String how =
        switch (key.getAlgorithm()) {
          case "RSA" -> "SHA256withRSA";
          case "EC" -> "SHA256withECDSA";
          default -> key.getAlgorithm();
        };
    try {
      Signature signing = Signature.getInstance(how);
      signing.initSign(key);
      signing.update(text);
      byte[] signed = signing.sign();
      signing.initVerify(certificate.getPublicKey());
      signing.update(text);
      if (signing.verify(signed)) {
        return;
      }
    } catch (GeneralSecurityException other) {
      // a key of one kind and a certificate of another; said below
    }
    throw new IOException("the key in " + place + " does not belong to the certificate in " + file);
  }
}
