package io.tocsin.demo;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Executors;

/**
 * The service that the demonstration kills: answers {@code GET /health} with 200 on the loopback
 * address. A process of its own, of the JDK alone, so that it starts in a fraction of a second.
 *
 * <p>It ends with the process that owns the demonstration, so that nothing is left behind even if
 * that is killed.
 */
public final class ShopService {

  private ShopService() {}

  /**
   * Serves until it is killed.
   *
   * @param arguments port, pid file, pid of the owner
   */
  public static void main(String[] arguments) throws IOException {
    int port = Integer.parseInt(arguments[0]);
    Path pidFile = Path.of(arguments[1]);
    long owner = Long.parseLong(arguments[2]);
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    byte[] answer = "{\"status\":\"ok\"}\n".getBytes(StandardCharsets.UTF_8);
    server.createContext(
        "/health",
        exchange -> {
          exchange.getResponseHeaders().set("Content-Type", "application/json");
          exchange.sendResponseHeaders(200, answer.length);
          try (var body = exchange.getResponseBody()) {
            body.write(answer);
          }
        });
    server.setExecutor(Executors.newFixedThreadPool(2));
    server.start();
    Files.writeString(pidFile, Long.toString(ProcessHandle.current().pid()));
    ProcessHandle.of(owner)
        .ifPresentOrElse(
            process -> process.onExit().thenRun(() -> Runtime.getRuntime().halt(0)),
            () -> Runtime.getRuntime().halt(0));
  }
}
