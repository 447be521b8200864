package io.tocsin.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Somebody on call: takes what the notifier sends, and remembers when. */
final class Pager implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** One message that came. */
  record Message(Instant at, String key, String kind, String text) {}

  private final List<Message> messages = new CopyOnWriteArrayList<>();
  private final ExecutorService threads = Executors.newFixedThreadPool(4);
  private final HttpServer server;
  private final Clock clock;

  Pager(String address, Clock clock) throws IOException {
    this.clock = clock;
    server = HttpServer.create(new InetSocketAddress(address, 0), 50);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  private void handle(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    JsonNode message = JSON.readTree(body);
    messages.add(
        new Message(
            clock.instant(),
            message.path("dedupKey").asText(),
            message.path("kind").asText(),
            body));
    exchange.sendResponseHeaders(200, -1);
    exchange.close();
  }

  /** When the first message came that is a page for a resource. */
  Optional<Instant> paged(String resource) {
    return messages.stream()
        .filter(message -> message.text().contains(resource + " is down"))
        .filter(message -> !message.kind().equals("RESOLVED"))
        .map(Message::at)
        .findFirst();
  }

  List<Message> messages() {
    return messages;
  }

  String url() {
    return "http://"
        + server.getAddress().getHostString()
        + ":"
        + server.getAddress().getPort()
        + "/hook";
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
