package io.tocsin.collectors.container;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What answers where a kubelet should, on its read-only port. */
final class FakeKubelet implements AutoCloseable {

  private final HttpServer server;
  private final List<String> tokens = new CopyOnWriteArrayList<>();
  private volatile int status = 200;
  private volatile String pods;

  FakeKubelet(String pods) throws IOException {
    this.pods = pods;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/pods",
        exchange -> {
          tokens.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
          byte[] body = this.pods.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** What it was shown as authorisation. */
  List<String> tokens() {
    return tokens;
  }

  FakeKubelet answer(int newStatus, String newPods) {
    status = newStatus;
    pods = newPods;
    return this;
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
