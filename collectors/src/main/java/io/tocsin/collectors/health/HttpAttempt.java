package io.tocsin.collectors.health;

import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One GET.
 *
 * <p>Each attempt opens a connection of its own. One kept from the last attempt would hide a server
 * that has stopped accepting, would stay with the old machine after a failover, and may be dead
 * because the server was restarted, none of which says anything about what the next user meets. The
 * JDK's client lets a request ask for that only if a system property allows it; where that could
 * not be set in time (see {@link JdkHttpSettings}), connections are kept, which the JDK copes with
 * by trying a dead one again on a new one.
 */
final class HttpAttempt implements AddressedAttempt {

  private final Target.Http target;
  private final SharedHttpClient clients;
  private final HttpRequest request;

  HttpAttempt(Target.Http target, SharedHttpClient clients) {
    this.target = target;
    this.clients = clients;
    this.request = request(target);
  }

  /** A client for any number of checks; it never waits for one of them on behalf of another. */
  static HttpClient newClient() {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .followRedirects(HttpClient.Redirect.NEVER)
        .proxy(HttpClient.Builder.NO_PROXY)
        .build();
  }

  private static HttpRequest request(Target.Http target) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(target.url()).GET().header("User-Agent", "tocsin-health-check");
    try {
      request.header("Connection", "close");
    } catch (IllegalArgumentException restricted) {
      // See above.
    }
    return request.build();
  }

  @Override
  public Verdict make(InetSocketAddress address, Duration patience)
      throws InterruptedException, TimeoutException {
    HttpClient client = clients.get();
    CompletableFuture<HttpResponse<Boolean>> exchange =
        client.sendAsync(
            request, head -> new BodySearch(isExpected(head.statusCode()) ? text() : null));
    try {
      return verdict(exchange.get(patience.toNanos(), TimeUnit.NANOSECONDS));
    } catch (ExecutionException e) {
      if (SharedHttpClient.isBroken(e.getCause())) {
        clients.replace(client);
      }
      return Failure.verdict(e.getCause(), address);
    } finally {
      // Closes the connection of an exchange that is still going on.
      exchange.cancel(true);
    }
  }

  private String text() {
    return target.bodyContains();
  }

  private boolean isExpected(int status) {
    return status >= target.statusFrom() && status <= target.statusTo();
  }

  private Verdict verdict(HttpResponse<Boolean> response) {
    if (!isExpected(response.statusCode())) {
      return Verdict.wrong(
          "answered %d, expected %d-%d"
              .formatted(response.statusCode(), target.statusFrom(), target.statusTo()));
    }
    if (!response.body()) {
      return Verdict.wrong(
          "answered %d, but '%s' is not in the first %d KiB of the body"
              .formatted(response.statusCode(), text(), BodySearch.LIMIT / 1024));
    }
    return Verdict.up("answered " + response.statusCode());
  }
}
