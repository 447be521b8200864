package io.tocsin.server.stage;

import io.tocsin.schemas.tls.ServerTls;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * Asks another instance of the streams what it knows of a resource: where there is TLS, with the
 * same authority and certificate as this one has, so that each end knows the other.
 */
public final class OtherInstances {

  /** Marks a question that was passed on once already: it is not passed on again. */
  static final String PASSED_ON = "Tocsin-Passed-On";

  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final String scheme;
  private final HttpClient client;
  private final Duration patience;

  private OtherInstances(String scheme, HttpClient client, Duration patience) {
    this.scheme = scheme;
    this.client = client;
    this.patience = patience;
  }

  /**
   * A way to ask them.
   *
   * @param tls of the port of this instance; null for HTTP as it is
   * @throws IllegalArgumentException naming the file that cannot be used, and why
   */
  public static OtherInstances through(ServerTls tls) {
    return through(tls, PATIENCE);
  }

  /** For tests: with as much patience as a slow machine needs. */
  static OtherInstances through(ServerTls tls, Duration patience) {
    HttpClient.Builder client = HttpClient.newBuilder().connectTimeout(patience);
    if (tls != null) {
      try {
        client.sslContext(tls.asClient().context());
      } catch (IOException unusable) {
        throw new IllegalArgumentException("tls: " + unusable.getMessage(), unusable);
      }
    }
    return new OtherInstances(ServerTls.scheme(tls), client.build(), patience);
  }

  /** What it answered. */
  record Answer(int status, String body, String contentType) {}

  /**
   * Asks.
   *
   * @param host as the instance told the group, not as anybody asked for it
   * @throws IOException if it does not answer
   */
  Answer ask(String host, int port, String resource) throws IOException {
    URI uri = URI.create(scheme + "://" + host + ":" + port + "/state/" + encoded(resource));
    HttpRequest request =
        HttpRequest.newBuilder(uri).timeout(patience).header(PASSED_ON, "1").build();
    try {
      HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
      return new Answer(
          answer.statusCode(),
          answer.body(),
          answer.headers().firstValue("Content-Type").orElse("text/plain"));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", interrupted);
    }
  }

  /** Slashes stay, everything else that means something in a URL is encoded. */
  private static String encoded(String resource) {
    return Arrays.stream(resource.split("/", -1))
        .map(step -> URLEncoder.encode(step, StandardCharsets.UTF_8).replace("+", "%20"))
        .collect(Collectors.joining("/"));
  }
}
