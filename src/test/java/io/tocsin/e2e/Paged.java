package io.tocsin.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Whoever is paged by the real channel {@code webhook}; outlives the installations that page. */
final class Paged implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final List<JsonNode> messages = new CopyOnWriteArrayList<>();
  private final HttpServer server;

  Paged() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
    server.createContext(
        "/",
        exchange -> {
          messages.add(JSON.readTree(exchange.getRequestBody().readAllBytes()));
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    server.start();
  }

  /** What a configuration needs for it. */
  String notifications() {
    return """
    notifications:
      channels:
        - name: pager
          via: {webhook: {url: "http://127.0.0.1:%d/"}}
      allow-private: [127.0.0.1]
    """
        .formatted(server.getAddress().getPort());
  }

  /** All that came. */
  List<JsonNode> messages() {
    return List.copyOf(messages);
  }

  /** Kinds of what came about an incident, in order. */
  List<String> kinds(String incident) {
    return messages.stream()
        .filter(message -> message.path("incident").path("id").asText().equals(incident))
        .map(message -> message.path("kind").asText())
        .toList();
  }

  /** How often people were told so of an incident. */
  long count(String incident, String kind) {
    return kinds(incident).stream().filter(kind::equals).count();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
