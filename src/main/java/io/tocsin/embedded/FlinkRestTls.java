package io.tocsin.embedded;

import io.tocsin.schemas.tls.ClientTls;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.time.Duration;
import java.util.HexFormat;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.SecurityOptions;

/**
 * TLS to a Flink cluster's REST API, as Flink's own client wants it: PKCS #12 files, which are made
 * of the PEM files for the time of a submission. That client does not compare host names (2.2), so
 * the server is asked by one that does first, and Flink's is then told to take the very certificate
 * which that one has seen.
 */
final class FlinkRestTls implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** Flink's defaults know RSA certificates alone. */
  private static final String CIPHERS =
      "TLS_AES_128_GCM_SHA256,TLS_AES_256_GCM_SHA384,"
          + "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,"
          + "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384";

  private final Path directory;
  private final Configuration settings;

  private FlinkRestTls(Path directory, Configuration settings) {
    this.directory = directory;
    this.settings = settings;
  }

  /**
   * The way to an API.
   *
   * @param tls null for authorities that Java knows
   * @throws IOException if a file cannot be used, or the API is not the right one
   */
  static FlinkRestTls to(URI rest, ClientTls tls) throws IOException, InterruptedException {
    Configuration settings = new Configuration();
    if (!"https".equalsIgnoreCase(rest.getScheme())) {
      return new FlinkRestTls(null, settings);
    }
    ClientTls how = tls == null ? ClientTls.believing(null) : tls;
    FlinkRestTls way = new FlinkRestTls(Files.createTempDirectory("tocsin-flink"), settings);
    try {
      way.write(how, fingerprint(rest, how));
      return way;
    } catch (IOException | InterruptedException | RuntimeException refused) {
      way.close();
      throw refused;
    }
  }

  private void write(ClientTls how, String fingerprint) throws IOException {
    byte[] random = new byte[16];
    new SecureRandom().nextBytes(random);
    String password = HexFormat.of().formatHex(random);
    Path trust = directory.resolve("trust.p12");
    Path own = directory.resolve("own.p12");
    how.writeStores(trust, own, password);
    settings.set(SecurityOptions.SSL_REST_ENABLED, true);
    settings.set(SecurityOptions.SSL_PROTOCOL, "TLSv1.3,TLSv1.2");
    settings.set(SecurityOptions.SSL_ALGORITHMS, CIPHERS);
    settings.set(SecurityOptions.SSL_REST_TRUSTSTORE, trust.toString());
    settings.set(SecurityOptions.SSL_REST_TRUSTSTORE_PASSWORD, password);
    settings.set(SecurityOptions.SSL_REST_CERT_FINGERPRINT, fingerprint);
    if (how.certificate() != null) {
      settings.set(SecurityOptions.SSL_REST_AUTHENTICATION_ENABLED, true);
      settings.set(SecurityOptions.SSL_REST_KEYSTORE, own.toString());
      settings.set(SecurityOptions.SSL_REST_KEYSTORE_PASSWORD, password);
      settings.set(SecurityOptions.SSL_REST_KEY_PASSWORD, password);
    }
  }

  private static String fingerprint(URI rest, ClientTls how)
      throws IOException, InterruptedException {
    HttpClient client =
        HttpClient.newBuilder().connectTimeout(PATIENCE).sslContext(how.context()).build();
    SSLSession session =
        client
            .send(
                HttpRequest.newBuilder(rest.resolve("/config")).timeout(PATIENCE).build(),
                BodyHandlers.discarding())
            .sslSession()
            .orElseThrow(() -> new SSLPeerUnverifiedException("no TLS"));
    try {
      Certificate certificate = session.getPeerCertificates()[0];
      byte[] digest = MessageDigest.getInstance("SHA-1").digest(certificate.getEncoded());
      return HexFormat.ofDelimiter(":").withUpperCase().formatHex(digest);
    } catch (GeneralSecurityException impossible) {
      throw new IOException(impossible);
    }
  }

  /** What Flink's client has to be told; empty for plain HTTP. */
  Configuration settings() {
    return settings;
  }

  /** Removes the files. */
  @Override
  public void close() throws IOException {
    if (directory != null) {
      DirectoryTree.delete(directory);
    }
  }
}
