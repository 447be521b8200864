package io.tocsin.tls;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Date;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * An authority for tests: makes certificates of all kinds, good and bad, as PEM files in a
 * directory. Keys are P-256 in PKCS #8, which Kafka, Jetty, Quarkus, PostgreSQL's driver and Go all
 * take. A subject is {@code CN=<name>} and nothing else, so that Kafka's principal is {@code
 * User:CN=<name>}.
 */
public final class TestAuthority {

  private static final Duration MARGIN = Duration.ofDays(1);
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Path directory;
  private final String name;
  private final KeyPair keys = keys();
  private final Path ca;

  /**
   * An authority whose files are all in one directory; two of one directory need different names.
   */
  public TestAuthority(Path directory, String name) {
    this.directory = directory;
    this.name = name;
    X509v3CertificateBuilder own = builder(name, keys, Instant.now().plus(MARGIN));
    add(own, Extension.basicConstraints, true, new BasicConstraints(0));
    add(own, Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
    this.ca = write(name + "-ca.pem", pem("CERTIFICATE", der(sign(own))));
  }

  /**
   * A certificate with its key.
   *
   * @param certificate PEM
   * @param key PKCS #8, PEM
   * @param both key and certificate in one file, as Kafka's {@code ssl.keystore.location} takes it
   *     with {@code ssl.keystore.type=PEM}
   */
  public record Issued(Path certificate, Path key, Path both) {}

  /** The authority's own certificate, PEM: what those have to know who believe it. */
  public Path ca() {
    return ca;
  }

  /** For a server of these host names and addresses; good as a client's too, as brokers need it. */
  public Issued server(String subject, String... hosts) {
    return issue(subject, Instant.now().plus(MARGIN), hosts);
  }

  /** For a server on this machine. */
  public Issued localServer(String subject) {
    return server(subject, "localhost", "127.0.0.1");
  }

  /** For a client. */
  public Issued client(String subject) {
    return issue(subject, Instant.now().plus(MARGIN));
  }

  /** One that was good until an hour ago. */
  public Issued expired(String subject, String... hosts) {
    return issue(subject, Instant.now().minus(Duration.ofHours(1)), hosts);
  }

  private Issued issue(String subject, Instant until, String... hosts) {
    KeyPair leaf = keys();
    X509v3CertificateBuilder certificate = builder(subject, leaf, until);
    add(certificate, Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
    add(
        certificate,
        Extension.extendedKeyUsage,
        false,
        hosts.length == 0
            ? new ExtendedKeyUsage(KeyPurposeId.id_kp_clientAuth)
            : new ExtendedKeyUsage(
                new KeyPurposeId[] {KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth}));
    if (hosts.length > 0) {
      add(certificate, Extension.subjectAlternativeName, false, names(hosts));
    }
    String chain = pem("CERTIFICATE", der(sign(certificate)));
    String key = pem("PRIVATE KEY", leaf.getPrivate().getEncoded());
    return new Issued(
        write(subject + ".pem", chain),
        write(subject + ".key", key),
        write(subject + "-both.pem", key + chain));
  }

  private static GeneralNames names(String... hosts) {
    return new GeneralNames(
        Arrays.stream(hosts)
            .map(
                host ->
                    new GeneralName(
                        host.matches("[0-9.]+") ? GeneralName.iPAddress : GeneralName.dNSName,
                        host))
            .toArray(GeneralName[]::new));
  }

  private X509v3CertificateBuilder builder(String subject, KeyPair of, Instant until) {
    return new JcaX509v3CertificateBuilder(
        new X500Principal("CN=" + name),
        new BigInteger(64, RANDOM).add(BigInteger.ONE),
        Date.from(until.minus(MARGIN).minus(MARGIN)),
        Date.from(until),
        new X500Principal("CN=" + subject),
        of.getPublic());
  }

  private static void add(
      X509v3CertificateBuilder to,
      org.bouncycastle.asn1.ASN1ObjectIdentifier kind,
      boolean critical,
      org.bouncycastle.asn1.ASN1Encodable value) {
    try {
      to.addExtension(kind, critical, value);
    } catch (CertIOException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private X509Certificate sign(X509v3CertificateBuilder certificate) {
    try {
      return new JcaX509CertificateConverter()
          .getCertificate(
              certificate.build(
                  new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate())));
    } catch (GeneralSecurityException | OperatorCreationException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static byte[] der(X509Certificate certificate) {
    try {
      return certificate.getEncoded();
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static KeyPair keys() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static String pem(String kind, byte[] der) {
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
        .formatted(kind, Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der), kind);
  }

  private Path write(String file, String text) {
    try {
      return Files.writeString(directory.resolve(file), text);
    } catch (IOException full) {
      throw new IllegalStateException(full);
    }
  }
}
