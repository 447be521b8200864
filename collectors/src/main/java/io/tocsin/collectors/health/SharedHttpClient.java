package io.tocsin.collectors.health;

import java.net.http.HttpClient;
import java.util.function.Supplier;

/**
 * The HTTP client of any number of checks. Its one selector thread ends for good when the operating
 * system refuses it something; then {@link #replace} makes a new one. Thread-safe.
 */
final class SharedHttpClient {

  private final Supplier<HttpClient> maker;
  private HttpClient client;

  /** Makes the first client when it is asked for. */
  SharedHttpClient(Supplier<HttpClient> maker) {
    this.maker = maker;
  }

  synchronized HttpClient get() {
    if (client == null) {
      client = maker.get();
    }
    return client;
  }

  /** Whether a failure means that the client itself is of no more use. */
  static boolean isBroken(Throwable failure) {
    return String.valueOf(failure.getMessage()).contains("selector manager closed");
  }

  /** Puts a new client in the place of {@code broken}, once. */
  synchronized void replace(HttpClient broken) {
    if (client == broken) {
      client = maker.get();
    }
  }
}
