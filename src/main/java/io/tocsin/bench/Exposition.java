package io.tocsin.bench;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.tocsin.embedded.Ports;
import io.tocsin.schemas.Sample;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The fleet as targets for Prometheus, on the loopback address. What they answer is made
 * beforehand, a few seconds of it over and over, so that answering costs next to nothing.
 */
final class Exposition implements AutoCloseable {

  /** Resources behind one target: a thousand series, as a well-equipped node exporter has. */
  static final int PER_TARGET = 40;

  private static final int SECONDS = 4;
  private static final int THREADS = 2;

  private final List<List<byte[]>> targets = new ArrayList<>();
  private final AtomicLong points = new AtomicLong();
  private final AtomicLong served = new AtomicLong();
  private final HttpServer server;
  private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);

  Exposition(Fleet fleet, long from) throws IOException {
    int count = (fleet.size() + PER_TARGET - 1) / PER_TARGET;
    for (int target = 0; target < count; target++) {
      targets.add(bodies(fleet, target * PER_TARGET, from));
    }
    server = HttpServer.create(new InetSocketAddress(InetAddress.getByName(Ports.LOOPBACK), 0), 64);
    server.createContext("/", this::answer);
    server.setExecutor(threads);
    server.start();
  }

  private static List<byte[]> bodies(Fleet fleet, int first, long from) {
    int last = Math.min(fleet.size(), first + PER_TARGET);
    List<byte[]> bodies = new ArrayList<>();
    for (int second = 0; second < SECONDS; second++) {
      List<Sample> samples = new ArrayList<>();
      for (int machine = first; machine < last; machine++) {
        samples.add(fleet.next(machine, from + 1_000L * second));
      }
      bodies.add(text(samples).getBytes(StandardCharsets.UTF_8));
    }
    return bodies;
  }

  /** Samples in Prometheus' text format, which wants all of a metric together. */
  static String text(List<Sample> samples) {
    StringBuilder text = new StringBuilder();
    for (SamplePoint point : SamplePoint.ALL) {
      text.append("# TYPE ").append(point.name());
      text.append(point.isCounter() ? " counter\n" : " gauge\n");
      for (Sample sample : samples) {
        text.append(point.name()).append("{resource=\"").append(sample.getResourceId());
        text.append("\"} ").append(point.value().applyAsDouble(sample)).append('\n');
      }
    }
    return text.toString();
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    List<byte[]> bodies = targets.get(Integer.parseInt(path.substring(1)));
    byte[] body = bodies.get((int) (served.getAndIncrement() / targets.size() % SECONDS));
    exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4");
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
    points.addAndGet((long) PER_TARGET * SamplePoint.ALL.size());
  }

  /** Numbers served so far. */
  long points() {
    return points.get();
  }

  int targets() {
    return targets.size();
  }

  int port() {
    return server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
