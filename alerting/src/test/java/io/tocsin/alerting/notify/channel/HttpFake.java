package io.tocsin.alerting.notify.channel;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A web server on the loopback. */
public final class HttpFake implements FakeReceiver {

  /** One request. */
  public record Request(
      String method, String target, Map<String, List<String>> headers, String body) {

    public String header(String name) {
      return headers.entrySet().stream()
          .filter(header -> header.getKey().equalsIgnoreCase(name))
          .map(header -> header.getValue().get(0))
          .findFirst()
          .orElse("");
    }
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private final int acceptedStatus;
  private volatile String accepted;
  private volatile Does does = Does.ACCEPT;

  public HttpFake(int acceptedStatus, String accepted) {
    this.acceptedStatus = acceptedStatus;
    this.accepted = accepted;
    try {
      server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  private void answer(HttpExchange exchange) throws IOException {
    Request request =
        new Request(
            exchange.getRequestMethod(),
            exchange.getRequestURI().toString(),
            Map.copyOf(exchange.getRequestHeaders()),
            new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    requests.add(request);
    switch (does) {
      case ACCEPT -> say(exchange, acceptedStatus, accepted);
      case LATER -> {
        exchange.getResponseHeaders().add("Retry-After", "7");
        say(exchange, 429, "slow down");
      }
      case BROKEN -> say(exchange, 500, "<html>oops</html>");
      case BAD_GATEWAY -> say(exchange, 502, "");
      case HANG -> {
        try {
          closed.await();
        } catch (InterruptedException stopped) {
          Thread.currentThread().interrupt();
        }
        exchange.close();
      }
      case NOT_UNDERSTAND -> say(exchange, 400, "{\"message\": \"what?\"}");
      case NOT_KNOW_THE_KEY -> say(exchange, 401, "who are you?");
      case NOT_BE_FOUND -> say(exchange, 404, "no such thing");
      case REPEAT_IT -> say(exchange, 400, request.toString());
    }
  }

  private static void say(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    if (bytes.length > 0) {
      exchange.getResponseBody().write(bytes);
    }
    exchange.close();
  }

  /** What it says when it accepts. */
  public void accepts(String with) {
    accepted = with;
  }

  public List<Request> requests() {
    return requests;
  }

  @Override
  public int port() {
    return server.getAddress().getPort();
  }

  @Override
  public void does(Does next) {
    does = next;
  }

  @Override
  public List<String> received() {
    return requests.stream().map(Request::body).toList();
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
