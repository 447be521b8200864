package io.tocsin.server.stage;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Supplier;

/**
 * What an agent answers over HTTP: its health. With the JDK's own small server and one thread,
 * because agents are many and have to stay small; {@link HealthServer} would cost as much memory as
 * all collectors together.
 *
 * <p>An agent is ready while at least one collector reads. That the broker is away makes it no less
 * ready: its spool is for that.
 */
public final class AgentServer implements AutoCloseable {

  private static final int FEW_CONNECTIONS = 8;

  private final Supplier<List<String>> failing;
  private final Supplier<Integer> collectors;
  private HttpServer server;

  /**
   * A server; {@link #start} opens its port.
   *
   * @param collectors how many there are
   * @param failing names of those that cannot read
   */
  public AgentServer(Supplier<Integer> collectors, Supplier<List<String>> failing) {
    this.collectors = collectors;
    this.failing = failing;
  }

  /**
   * Opens the port.
   *
   * @param host name or address it listens on
   * @param port 0 for any free one
   * @return the port
   * @throws IOException if it is taken, or the host is none of this machine's
   */
  public int start(String host, int port) throws IOException {
    server =
        HttpServer.create(
            new InetSocketAddress(InetAddress.getByName(host), port), FEW_CONNECTIONS);
    server.createContext("/health/live", exchange -> answer(exchange, 200, "live\n"));
    server.createContext("/health/ready", this::ready);
    server.start();
    return server.getAddress().getPort();
  }

  private void ready(HttpExchange exchange) throws IOException {
    List<String> troubled = failing.get();
    if (troubled.isEmpty()) {
      answer(exchange, 200, "ready\n");
      return;
    }
    boolean some = troubled.size() < collectors.get();
    String names = "cannot read " + String.join(", ", troubled) + "\n";
    answer(exchange, some ? 200 : 503, some ? "ready, but " + names : names);
  }

  private static void answer(HttpExchange exchange, int status, String text) throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
    exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  @Override
  public void close() {
    if (server != null) {
      server.stop(0);
    }
  }
}
