package io.tocsin.collectors.app.scrape;

import java.net.http.HttpClient;

/**
 * The HTTP client of all scrapes, made when it is first needed. Its selector thread ends for good
 * when the operating system refuses it something; then a new one is made. Thread-safe.
 */
final class ScrapeClient {

  private HttpClient client;

  synchronized HttpClient get() {
    if (client == null) {
      client =
          HttpClient.newBuilder()
              .version(HttpClient.Version.HTTP_1_1)
              .followRedirects(HttpClient.Redirect.NEVER)
              .proxy(HttpClient.Builder.NO_PROXY)
              .build();
    }
    return client;
  }

  synchronized void replaceIfDead(HttpClient used, Throwable failure) {
    if (used == client
        && String.valueOf(failure.getMessage()).contains("selector manager closed")) {
      client = null;
    }
  }
}
