package io.tocsin.bench.alerts;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.tocsin.embedded.Ports;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The watched fleet as targets for Prometheus: CPU of each machine, and whether endpoints answer.
 */
final class Gauges implements AutoCloseable {

  static final String CPU = "bench_cpu_percent";
  static final String UP = "bench_endpoint_up";

  private static final int MACHINES_PER_TARGET = 40;
  private static final int GROUPS_PER_TARGET = MACHINES_PER_TARGET / WatchedFleet.PER_GROUP;
  private static final int CALM = 40;
  private static final int USED_UP = 100;
  private static final int THREADS = 2;

  private final WatchedFleet fleet;
  private final Set<String> broken = ConcurrentHashMap.newKeySet();
  private final HttpServer server;
  private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);

  Gauges(WatchedFleet fleet) throws IOException {
    this.fleet = fleet;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getByName(Ports.LOOPBACK), 0), 64);
    server.createContext("/", this::answer);
    server.setExecutor(threads);
    server.start();
  }

  private void answer(HttpExchange exchange) throws IOException {
    int target = Integer.parseInt(exchange.getRequestURI().getPath().substring(1));
    byte[] body = text(target).getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4");
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  /** What a target answers, in Prometheus' text format. */
  String text(int target) {
    StringBuilder text = new StringBuilder("# TYPE " + CPU + " gauge\n");
    int last = Math.min(fleet.size(), (target + 1) * MACHINES_PER_TARGET);
    for (int number = target * MACHINES_PER_TARGET; number < last; number++) {
      String id = fleet.machine(number);
      line(text, CPU, id, broken.contains(id) ? USED_UP : CALM);
    }
    text.append("# TYPE " + UP + " gauge\n");
    int lastGroup = Math.min(fleet.groups(), (target + 1) * GROUPS_PER_TARGET);
    for (int group = target * GROUPS_PER_TARGET; group < lastGroup; group++) {
      String id = fleet.endpoint(group);
      line(text, UP, id, broken.contains(id) ? 0 : 1);
    }
    return text.toString();
  }

  private static void line(StringBuilder text, String name, String id, int value) {
    text.append(name).append("{resource=\"").append(id).append("\"} ").append(value).append('\n');
  }

  /** From now on this is broken, or well. */
  void set(String resourceId, boolean isBroken) {
    if (isBroken) {
      broken.add(resourceId);
    } else {
      broken.remove(resourceId);
    }
  }

  int targets() {
    return (fleet.size() + MACHINES_PER_TARGET - 1) / MACHINES_PER_TARGET;
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
