package io.tocsin.server;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.tocsin.delivery.Build;
import io.tocsin.server.access.Role;
import io.tocsin.server.http.Area;
import io.tocsin.server.http.Endpoint;
import java.util.List;
import java.util.function.Supplier;

/** How the program itself does. */
final class StatusApi implements Area {

  private final Supplier<Readiness> readiness;
  private final PrometheusMeterRegistry meters;

  StatusApi(Supplier<Readiness> readiness, PrometheusMeterRegistry meters) {
    this.readiness = readiness;
    this.meters = meters;
    Build.bindTo(meters);
  }

  @Override
  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get("/health/live", Role.NOBODY)
            .does("status", "Whether the program lives.")
            .answersAs("text/plain")
            .by(context -> context.result("live\n")),
        Endpoint.get("/health/ready", Role.NOBODY)
            .does("status", "Whether each part does its work; 503 while one does not.")
            .answers(Readiness.class)
            .by(this::ready),
        Endpoint.get("/metrics", Role.VIEWER)
            .does("status", "The program's own figures, for Prometheus.")
            .answersAs("text/plain; version=0.0.4")
            .by(
                context ->
                    context.contentType("text/plain; version=0.0.4").result(meters.scrape())));
  }

  private void ready(Context context) {
    Readiness now = readiness.get();
    context.status(now.ready() ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE).json(now);
  }
}
