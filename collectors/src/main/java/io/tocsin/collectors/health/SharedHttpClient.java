package io.tocsin.collectors.health;

import java.net.http.HttpClient;
import java.util.function.Supplier;

/**
 * The HTTP client of all health checks. Its one selector thread ends for good when the operating
 * system refuses it something; then {@link #replace} makes a new one. Thread-safe.
 */
final class SharedHttpClient {

  private final Supplier<HttpClient> maker;
  private HttpClient client;

  /** Makes the first client at once. */
  SharedHttpClient(Supplier<HttpClient> maker) {
    this.maker = maker;
    this.client = maker.get();
  }

  synchronized HttpClient get() {
    return client;
  }

  /** Puts a new client in the place of {@code broken}, once. */
  synchronized void replace(HttpClient broken) {
    if (client == broken) {
      client = maker.get();
    }
  }
}
