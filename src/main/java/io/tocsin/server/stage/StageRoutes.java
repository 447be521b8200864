package io.tocsin.server.stage;

import io.javalin.config.JavalinConfig;
import io.javalin.http.HttpStatus;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.tocsin.delivery.Build;
import io.tocsin.server.http.HttpGuard;
import io.tocsin.server.http.Transport;
import java.util.HashSet;
import java.util.Set;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** What the servers of stages that run alone have in common. */
final class StageRoutes {

  private StageRoutes() {}

  /** A server of few threads that listens on one address. */
  static void listen(JavalinConfig config, String host, Transport transport, int threads) {
    config.startup.showJavalinBanner = false;
    config.jetty.host = host;
    config.jetty.threadPool = new QueuedThreadPool(threads, 2);
    transport.speak(config);
  }

  /**
   * Answers to this name and those of loopback only, tells that it lives, its metrics and its
   * version, and says what there is where there is nothing.
   *
   * @param there paths, for people
   */
  static void operate(
      JavalinConfig config, String host, PrometheusMeterRegistry meters, String there) {
    Build.bindTo(meters);
    Set<String> names = new HashSet<>(HttpGuard.LOOPBACK);
    names.add(host);
    config.routes.before(new HttpGuard(names)::check);
    config.routes.get("/health/live", context -> context.result("live\n"));
    config.routes.get(
        "/metrics",
        context -> context.contentType("text/plain; version=0.0.4").result(meters.scrape()));
    config.routes.error(
        HttpStatus.NOT_FOUND.getCode(),
        context -> {
          if (!HttpGuard.isProblem(context)) {
            HttpGuard.problem(
                context, HttpStatus.NOT_FOUND, "there is nothing here; there are " + there);
          }
        });
  }
}
