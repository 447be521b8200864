package io.tocsin.server.stage;

import static io.tocsin.server.http.HttpGuard.problem;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.tocsin.alerting.outbound.HmacSignature;
import io.tocsin.schemas.secret.SecretRef;
import io.tocsin.server.http.Transport;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Where signs of life arrive: any {@code POST} to {@code /sign} that is signed with the shared
 * secret. One that is not, or is old, is refused with 403, so that nobody can keep a dead Tocsin
 * looking alive.
 */
public final class WatchdogServer implements AutoCloseable {

  private static final int THREADS = 8;
  private static final int LARGEST_BODY = 1 << 20;

  private final String host;
  private final Transport transport;
  private final SecretRef secret;
  private final Runnable onSign;
  private final Supplier<Optional<Instant>> silentSince;
  private final Clock clock;
  private final Javalin javalin;

  /**
   * A server; {@link #start} opens its port.
   *
   * @param transport what it speaks
   * @param secret shared with the sender
   * @param onSign told of each sign
   * @param silentSince since when the alarm is raised, for its health
   */
  public WatchdogServer(
      String host,
      Transport transport,
      SecretRef secret,
      Runnable onSign,
      Supplier<Optional<Instant>> silentSince,
      Clock clock) {
    this.host = host;
    this.transport = transport;
    this.secret = secret;
    this.onSign = onSign;
    this.silentSince = silentSince;
    this.clock = clock;
    this.javalin = Javalin.create(this::configure);
  }

  private void configure(JavalinConfig config) {
    StageRoutes.listen(config, host, transport, THREADS);
    config.http.maxRequestSize = LARGEST_BODY;
    config.routes.post("/sign", this::sign);
    config.routes.get(
        "/health/live",
        context ->
            context.result(
                silentSince.get().map(since -> "live; silent since " + since).orElse("live")
                    + "\n"));
  }

  private void sign(Context context) {
    try {
      HmacSignature.Verdict verdict =
          HmacSignature.verify(
              secret.read(),
              context.header(HmacSignature.HEADER),
              context.bodyAsBytes(),
              clock.instant());
      if (verdict instanceof HmacSignature.Verdict.Refused refused) {
        problem(context, HttpStatus.FORBIDDEN, refused.reason());
        return;
      }
      onSign.run();
      context.status(HttpStatus.NO_CONTENT);
    } catch (IOException noSecret) {
      problem(context, HttpStatus.SERVICE_UNAVAILABLE, noSecret.getMessage());
    }
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
