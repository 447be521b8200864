package io.tocsin.server.stage;

import static io.tocsin.server.http.HttpGuard.problem;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.HttpStatus;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.tocsin.server.http.Transport;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What a stage that runs alone and has nothing else to say answers over HTTP: its health and its
 * metrics. Nothing here changes anything.
 */
public final class HealthServer implements AutoCloseable {

  private static final int THREADS = 6;

  private final String host;
  private final Transport transport;
  private final Supplier<Optional<String>> trouble;
  private final PrometheusMeterRegistry meters;
  private final Javalin javalin;

  /**
   * A server; {@link #start} opens its port.
   *
   * @param host name or address it listens on and answers to, beside those of loopback
   * @param transport what it speaks there
   * @param trouble why the stage does not work; empty while it does
   */
  public HealthServer(
      String host,
      Transport transport,
      Supplier<Optional<String>> trouble,
      PrometheusMeterRegistry meters) {
    this.host = host;
    this.transport = transport;
    this.trouble = trouble;
    this.meters = meters;
    this.javalin = Javalin.create(this::configure);
  }

  private void configure(JavalinConfig config) {
    StageRoutes.listen(config, host, transport, THREADS);
    StageRoutes.operate(config, host, meters, "/health/live, /health/ready and /metrics");
    config.routes.get(
        "/health/ready",
        context ->
            trouble
                .get()
                .ifPresentOrElse(
                    why -> problem(context, HttpStatus.SERVICE_UNAVAILABLE, why),
                    () -> context.result("ready\n")));
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
