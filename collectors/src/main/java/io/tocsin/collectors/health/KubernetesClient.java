package io.tocsin.collectors.health;

import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;

/**
 * The HTTP client of all checks that trust the same certificates, made anew when their file has
 * changed. It speaks HTTP/1.1, in which giving an answer up closes its connection: one of HTTP/2
 * that hangs would be used again and again. Thread-safe.
 */
final class KubernetesClient {

  /** What a file looked like when it was read. */
  private record Seen(FileTime changed, long size) {}

  private final Path certificates;
  private HttpClient client;
  private Seen seen;

  KubernetesClient(Path certificates) {
    this.certificates = certificates;
  }

  /**
   * The client. Outside a pod, where there is no service account, it trusts what Java does.
   *
   * @throws IOException if the certificates cannot be read
   */
  synchronized HttpClient get() throws IOException {
    Seen now = look();
    if (client == null || (now != null && !now.equals(seen))) {
      client = make(now != null);
      seen = now;
    }
    return client;
  }

  private Seen look() throws IOException {
    try {
      BasicFileAttributes file = Files.readAttributes(certificates, BasicFileAttributes.class);
      return new Seen(file.lastModifiedTime(), file.size());
    } catch (NoSuchFileException missing) {
      if (certificates.equals(ServiceAccount.CA)) {
        return null;
      }
      throw missing;
    }
  }

  private HttpClient make(boolean withCertificates) throws IOException {
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .proxy(HttpClient.Builder.NO_PROXY);
    if (withCertificates) {
      try {
        builder.sslContext(ServiceAccount.trusting(certificates));
      } catch (GeneralSecurityException e) {
        throw new IOException("it holds no certificates that can be used: " + e.getMessage());
      }
    }
    return builder.build();
  }

  /** Makes the next call of {@link #get} make a new one, once for each that is broken. */
  synchronized void replace(HttpClient broken) {
    if (client == broken) {
      client = null;
    }
  }
}
