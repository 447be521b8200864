package io.tocsin.collectors.container;

import io.tocsin.collectors.CollectorException;
import io.tocsin.collectors.Problem.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Collection;
import java.util.function.LongSupplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManagerFactory;

/** The kubelet of this machine, asked for its pods. */
final class Kubelet implements Refresher.Engine {

  private static final long LONGEST_ANSWER = 32 << 20;
  private static final long LONGEST_TOKEN = 64 << 10;
  private static final int OK = 200;

  private final KubeletConfig config;
  private final Duration patience;
  private final LabelRules labels;
  private HttpClient client;

  Kubelet(KubeletConfig config, Duration patience, LabelRules labels) {
    this.config = config;
    this.patience = patience;
    this.labels = labels;
  }

  @Override
  public String name() {
    return "kubelet at " + config.url();
  }

  @Override
  public Roster ask(LongSupplier now, long deadline)
      throws CollectorException, InterruptedException {
    long askedAt = now.getAsLong();
    HttpRequest.Builder request =
        HttpRequest.newBuilder(config.url().resolve("/pods")).timeout(patience).GET();
    if (config.tokenFile() != null) {
      request.header("Authorization", "Bearer " + token(config.tokenFile()));
    }
    try {
      HttpResponse<InputStream> response =
          client().send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
      try (InputStream body = response.body()) {
        if (response.statusCode() != OK) {
          throw new CollectorException(
              Reason.REFUSED,
              name(),
              "answers with status %d; may this token read pods (nodes/proxy)?"
                  .formatted(response.statusCode()));
        }
        KubeletPods pods = new KubeletPods(labels, name());
        JsonItems.each(new BoundedBody(body, LONGEST_ANSWER, now, deadline), name(), pods::add);
        return pods.roster(askedAt);
      }
    } catch (HttpTimeoutException slow) {
      throw new CollectorException(Reason.DEADLINE, name(), "does not answer in time");
    } catch (SSLException distrust) {
      throw new CollectorException(
          Reason.REFUSED, name(), words("cannot be trusted (the key is ca-file)", distrust));
    } catch (IOException failed) {
      throw new CollectorException(Reason.UNREADABLE, name(), words("does not answer", failed));
    }
  }

  private static String words(String what, Exception why) {
    return Words.clean(what + ": " + (why.getMessage() == null ? why : why.getMessage()), 300);
  }

  private static String token(Path file) throws CollectorException {
    try {
      if (Files.size(file) > LONGEST_TOKEN) {
        throw new CollectorException(
            Reason.OVER_LIMIT, file.toString(), "is too large for a token");
      }
      String token = Files.readString(file, StandardCharsets.ISO_8859_1).strip();
      if (token.isEmpty() || !token.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
        throw new CollectorException(Reason.MALFORMED, file.toString(), "holds no bearer token");
      }
      return token;
    } catch (IOException unreadable) {
      throw new CollectorException(
          Reason.UNREADABLE, file.toString(), "the token cannot be read; the key is token-file");
    }
  }

  private HttpClient client() throws CollectorException {
    if (client == null) {
      HttpClient.Builder builder =
          HttpClient.newBuilder()
              .version(HttpClient.Version.HTTP_1_1)
              .followRedirects(HttpClient.Redirect.NEVER)
              .connectTimeout(patience);
      if (config.caFile() != null) {
        builder.sslContext(trusting(config.caFile()));
      }
      client = builder.build();
    }
    return client;
  }

  private static SSLContext trusting(Path caFile) throws CollectorException {
    try (InputStream pem = Files.newInputStream(caFile)) {
      Collection<? extends Certificate> certificates =
          CertificateFactory.getInstance("X.509").generateCertificates(pem);
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      int number = 0;
      for (Certificate certificate : certificates) {
        store.setCertificateEntry("ca-" + number++, certificate);
      }
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(store);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (IOException | GeneralSecurityException unusable) {
      throw new CollectorException(
          Reason.UNREADABLE, caFile.toString(), words("holds no usable certificates", unusable));
    }
  }
}
