package io.tocsin.collectors.security;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.tocsin.collectors.CollectorException;
import io.tocsin.collectors.Problem;
import io.tocsin.collectors.Problem.Reason;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * Where Falco's {@code http_output} posts alerts: a port on the loopback interface that takes JSON
 * up to {@link FalcoReader#LONGEST}. It asks for the content type that Falco sends, so that a page
 * in a browser on this machine cannot post here.
 */
final class FalcoListener implements AutoCloseable {

  private static final int BACKLOG = 64;
  private static final Duration LONGEST = Duration.ofSeconds(5);

  private final HttpServer server;
  private final ImpatientThreads threads;
  private final String where;
  private final FalcoReader reader;
  private final Inbox inbox;

  private FalcoListener(
      HttpServer server, ImpatientThreads threads, String where, FalcoReader reader, Inbox inbox) {
    this.server = server;
    this.threads = threads;
    this.where = where;
    this.reader = reader;
    this.inbox = inbox;
  }

  /**
   * Begins to listen.
   *
   * @param port 0 for any free one
   * @param nanos a clock that only goes forward
   * @throws CollectorException if the port cannot be had
   */
  static FalcoListener open(int port, FalcoReader reader, Inbox inbox, LongSupplier nanos)
      throws CollectorException {
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    try {
      HttpServer server = HttpServer.create(address, BACKLOG);
      ImpatientThreads threads = new ImpatientThreads("tocsin-falco-listener", nanos);
      String where = address.getHostString() + ":" + port;
      FalcoListener listener = new FalcoListener(server, threads, where, reader, inbox);
      server.createContext("/", listener::take);
      server.setExecutor(threads);
      server.start();
      return listener;
    } catch (IOException taken) {
      throw new CollectorException(
          Reason.UNREADABLE,
          address.getHostString() + ":" + port,
          "cannot listen there: " + taken.getMessage() + "; choose another port");
    }
  }

  /** The port that it listens on. */
  int port() {
    return server.getAddress().getPort();
  }

  /** Ends what takes longer than 5 s, so that slow senders do not keep all threads. */
  void endSlowOnes() {
    if (threads.endOlderThan(LONGEST) > 0) {
      inbox.problem(
          new Problem(Reason.TRUNCATED, where, "an alert did not arrive whole within 5 s"));
    }
  }

  private void take(HttpExchange exchange) throws IOException {
    try {
      int status = statusOf(exchange);
      exchange.sendResponseHeaders(status, -1);
      if (status == 413) {
        // Its rest is not waited for; the connection ends with it.
        exchange.close();
      }
    } catch (IOException | RuntimeException broken) {
      exchange.close();
      throw broken;
    }
  }

  private int statusOf(HttpExchange exchange) throws IOException {
    if (!exchange.getRequestMethod().equals("POST")) {
      return 405;
    }
    String type = exchange.getRequestHeaders().getFirst("Content-Type");
    if (type == null || !type.toLowerCase(Locale.ROOT).startsWith("application/json")) {
      inbox.problem(
          new Problem(
              Reason.REFUSED, where, "a request had another content type than application/json"));
      return 415;
    }
    byte[] body = exchange.getRequestBody().readNBytes(FalcoReader.LONGEST + 1);
    if (body.length > FalcoReader.LONGEST) {
      inbox.problem(
          new Problem(
              Reason.OVER_LIMIT,
              where,
              "an alert is longer than %d bytes and is left out".formatted(FalcoReader.LONGEST)));
      return 413;
    }
    try {
      boolean taken = inbox.offer(reader.read(new String(body, StandardCharsets.UTF_8), where));
      return taken ? 204 : 503;
    } catch (CollectorException malformed) {
      inbox.problem(malformed.problem());
      return 400;
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
