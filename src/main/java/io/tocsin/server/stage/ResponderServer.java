package io.tocsin.server.stage;

import static io.tocsin.server.http.HttpGuard.problem;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.HttpStatus;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.tocsin.server.http.HttpGuard;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * What a responder that runs alone answers over HTTP: its health and its metrics. Nothing here
 * changes anything.
 */
public final class ResponderServer implements AutoCloseable {

  private static final int THREADS = 6;

  private final String host;
  private final Supplier<Optional<String>> trouble;
  private final PrometheusMeterRegistry meters;
  private final Javalin javalin;

  /**
   * A server; {@link #start} opens its port.
   *
   * @param host name or address it listens on and answers to, beside those of loopback
   * @param trouble why the responder does not work; empty while it does
   */
  public ResponderServer(
      String host, Supplier<Optional<String>> trouble, PrometheusMeterRegistry meters) {
    this.host = host;
    this.trouble = trouble;
    this.meters = meters;
    this.javalin = Javalin.create(this::configure);
  }

  private void configure(JavalinConfig config) {
    config.startup.showJavalinBanner = false;
    config.jetty.host = host;
    config.jetty.threadPool = new QueuedThreadPool(THREADS, 2);
    Set<String> names = new HashSet<>(HttpGuard.LOOPBACK);
    names.add(host);
    config.routes.before(new HttpGuard(names)::check);
    config.routes.get("/health/live", context -> context.result("live\n"));
    config.routes.get(
        "/health/ready",
        context ->
            trouble
                .get()
                .ifPresentOrElse(
                    why -> problem(context, HttpStatus.SERVICE_UNAVAILABLE, why),
                    () -> context.result("ready\n")));
    config.routes.get(
        "/metrics",
        context -> context.contentType("text/plain; version=0.0.4").result(meters.scrape()));
    config.routes.error(
        HttpStatus.NOT_FOUND.getCode(),
        context -> {
          if (!HttpGuard.isProblem(context)) {
            problem(
                context,
                HttpStatus.NOT_FOUND,
                "there is nothing here; there are /health/live, /health/ready and /metrics");
          }
        });
  }

  /**
   * Opens the port.
   *
   * @param port 0 for any free one
   * @return the port
   * @throws io.javalin.util.JavalinBindException if it is taken
   */
  public int start(int port) {
    javalin.start(host, port);
    return javalin.port();
  }

  @Override
  public void close() {
    javalin.stop();
  }
}
