package io.tocsin.collectors.health;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;

/** Plays the API server of Kubernetes on loopback, and remembers what it was asked. */
final class ApiServer implements Closeable {

  /** Questions with their queries. */
  final List<String> asked = new CopyOnWriteArrayList<>();

  /** Their {@code Authorization} headers, {@code null} where there was none. */
  final List<String> authorized = new CopyOnWriteArrayList<>();

  private final HttpServer server;
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "api-server");
            thread.setDaemon(true);
            return thread;
          });

  /** One that always gives the same answer. */
  ApiServer(int status, byte[] body) throws IOException {
    this(null, answering(status, body));
  }

  /** One over TLS if there is a context for it. */
  ApiServer(SSLContext tls, HttpHandler manners) throws IOException {
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    if (tls == null) {
      server = HttpServer.create(address, 0);
    } else {
      HttpsServer secure = HttpsServer.create(address, 0);
      secure.setHttpsConfigurator(new HttpsConfigurator(tls));
      server = secure;
    }
    server.setExecutor(threads);
    server.createContext(
        "/",
        exchange -> {
          asked.add(exchange.getRequestURI().toString());
          authorized.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
          manners.handle(exchange);
        });
    server.start();
  }

  static HttpHandler answering(int status, byte[] body) {
    return exchange -> answer(exchange, status, body);
  }

  static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  URI address() {
    String scheme = server instanceof HttpsServer ? "https" : "http";
    return URI.create(scheme + "://127.0.0.1:" + server.getAddress().getPort());
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
