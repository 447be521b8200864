package io.tocsin.cluster;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Services that answer health checks well until they are taken down; one per path. */
final class Endpoints implements AutoCloseable {

  private final Set<String> down = ConcurrentHashMap.newKeySet();
  private final ExecutorService threads = Executors.newFixedThreadPool(8);
  private final HttpServer server;

  Endpoints(String address) throws IOException {
    server = HttpServer.create(new InetSocketAddress(address, 0), 200);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  private void handle(HttpExchange exchange) throws IOException {
    exchange.getRequestBody().readAllBytes();
    String id = exchange.getRequestURI().getPath().substring(1);
    exchange.sendResponseHeaders(down.contains(id) ? 503 : 200, -1);
    exchange.close();
  }

  void down(String id) {
    down.add(id);
  }

  void up(String id) {
    down.remove(id);
  }

  String url() {
    return "http://" + server.getAddress().getHostString() + ":" + server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
