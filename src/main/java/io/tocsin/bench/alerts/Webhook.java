package io.tocsin.bench.alerts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.tocsin.embedded.Ports;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Takes what the Alertmanager tells, and notes when each resource was first told of. */
final class Webhook implements AutoCloseable {

  private static final int THREADS = 4;

  private final Clock clock;
  private final ObjectMapper json = new ObjectMapper();
  private final Map<String, Long> pages = new ConcurrentHashMap<>();
  private final HttpServer server;
  private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);

  Webhook(Clock clock) throws IOException {
    this.clock = clock;
    server =
        HttpServer.create(new InetSocketAddress(InetAddress.getByName(Ports.LOOPBACK), 0), 256);
    server.createContext("/", this::take);
    server.setExecutor(threads);
    server.start();
  }

  private void take(HttpExchange exchange) throws IOException {
    long now = clock.millis();
    note(json.readTree(exchange.getRequestBody()), now);
    exchange.sendResponseHeaders(200, -1);
    exchange.close();
  }

  /** Takes one message, see https://prometheus.io/docs/alerting/latest/configuration/. */
  void note(JsonNode message, long now) {
    for (JsonNode alert : message.path("alerts")) {
      if (alert.path("status").asText().equals("firing")) {
        pages.putIfAbsent(alert.path("labels").path("resource").asText(), now);
      }
    }
  }

  /** By resource, when it was first told of, in ms of the wall clock. */
  Map<String, Long> pages() {
    return Map.copyOf(pages);
  }

  int port() {
    return server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdown();
  }
}
