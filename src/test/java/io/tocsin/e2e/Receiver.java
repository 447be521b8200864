package io.tocsin.e2e;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Somebody on the loopback address who is told things, and answers as the test wants. */
final class Receiver implements AutoCloseable {

  /** Never answers. */
  static final int HANG = 0;

  /**
   * One message that came.
   *
   * @param channel the channel it came through
   * @param key the dedup key
   * @param notification id of the notification
   * @param accepted whether it was taken
   */
  record Hit(String channel, String key, String notification, String kind, boolean accepted) {}

  /** What it says: a status, and what it asks for in seconds; null for nothing. */
  record Reply(int status, Integer retryAfter) {
    static final Reply OK = new Reply(200, null);
  }

  private final List<Hit> hits = new CopyOnWriteArrayList<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpServer server;
  private volatile Function<Hit, Reply> answers = hit -> Reply.OK;

  Receiver() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  private void handle(HttpExchange exchange) throws IOException {
    Hit asked =
        new Hit(
            exchange.getRequestURI().getPath().substring(1),
            exchange.getRequestHeaders().getFirst("Key"),
            exchange.getRequestHeaders().getFirst("Notification"),
            exchange.getRequestHeaders().getFirst("Kind"),
            false);
    Reply reply = answers.apply(asked);
    boolean accepted = reply.status() == 200;
    hits.add(new Hit(asked.channel(), asked.key(), asked.notification(), asked.kind(), accepted));
    if (reply.status() == HANG) {
      try {
        TimeUnit.SECONDS.sleep(20);
      } catch (InterruptedException closing) {
        Thread.currentThread().interrupt();
      }
    }
    if (reply.retryAfter() != null) {
      exchange.getResponseHeaders().set("Retry-After", reply.retryAfter().toString());
    }
    exchange.sendResponseHeaders(reply.status() == HANG ? 504 : reply.status(), -1);
    exchange.close();
  }

  /** From now on it answers so; the function may have effects, and is asked by several threads. */
  void answers(Function<Hit, Reply> function) {
    answers = function;
  }

  int port() {
    return server.getAddress().getPort();
  }

  List<Hit> hits() {
    return List.copyOf(hits);
  }

  /** Kinds of what it took through a channel about an incident, in order. */
  List<String> taken(String channel, String key) {
    return hits.stream()
        .filter(hit -> hit.accepted() && hit.channel().equals(channel) && hit.key().equals(key))
        .map(Hit::kind)
        .toList();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
