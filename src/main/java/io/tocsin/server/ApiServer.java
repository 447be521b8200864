package io.tocsin.server;

import static io.tocsin.server.HttpGuard.problem;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.javalin.http.staticfiles.Location;
import io.javalin.json.JavalinJackson;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.Set;
import java.util.function.Supplier;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * The HTTP API and the page. Answers come from {@link Views}; what changes anything goes by way of
 * {@link CommandApi}. Listens on the loopback address only, and answers only to its names, so that
 * no page from elsewhere can reach it through a name of its own.
 */
public final class ApiServer implements AutoCloseable {

  private static final String HOST = "127.0.0.1";
  private static final int THREADS = 12;

  private final Views views;
  private final Supplier<Readiness> readiness;
  private final PrometheusMeterRegistry meters;
  private final IncidentStream stream;
  private final CommandApi commands;
  private final AlertmanagerApi alertmanager;
  private final HistoryApi history;
  private final Javalin javalin;

  /** A server without history. */
  public ApiServer(
      Views views,
      Supplier<Readiness> readiness,
      PrometheusMeterRegistry meters,
      CommandApi commands,
      AlertmanagerApi alertmanager) {
    this(views, readiness, meters, commands, alertmanager, null);
  }

  /**
   * A server for views; {@link #start} opens its port.
   *
   * @param history null for none
   */
  public ApiServer(
      Views views,
      Supplier<Readiness> readiness,
      PrometheusMeterRegistry meters,
      CommandApi commands,
      AlertmanagerApi alertmanager,
      HistoryApi history) {
    this.history = history;
    this.commands = commands;
    this.alertmanager = alertmanager;
    this.views = views;
    this.readiness = readiness;
    this.meters = meters;
    this.stream = new IncidentStream(views);
    this.javalin = Javalin.create(this::configure);
  }

  private void configure(JavalinConfig config) {
    config.startup.showJavalinBanner = false;
    config.jetty.host = HOST;
    config.jetty.threadPool = new QueuedThreadPool(THREADS, 2);
    config.jsonMapper(
        new JavalinJackson(
            JsonMapper.builder()
                .addModule(new JavaTimeModule())
                .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                .build(),
            false));
    config.staticFiles.add("/io/tocsin/server/console", Location.CLASSPATH);
    config.routes.before(new HttpGuard(HttpGuard.LOOPBACK)::check);
    config.routes.get("/api/v1/incidents", this::incidents);
    config.routes.get("/api/v1/incidents/{id}", this::incident);
    config.routes.get("/api/v1/resources", context -> context.json(views.resources()));
    config.routes.get("/api/v1/policies", context -> context.json(views.policies()));
    config.routes.get("/api/v1/security/report", context -> context.json(views.securityReport()));
    config.routes.get("/api/v1/rules", context -> context.json(views.rules()));
    config.routes.get("/api/v1/alerts", context -> context.json(views.alerts()));
    config.routes.get("/api/v1/deliveries", this::deliveries);
    commands.addTo(config.routes);
    alertmanager.addTo(config.routes);
    if (history != null) {
      history.addTo(config.routes);
    }
    config.routes.sse("/api/v1/events", stream::open);
    config.routes.get("/health/live", context -> context.result("live\n"));
    config.routes.get("/health/ready", this::ready);
    config.routes.get(
        "/metrics",
        context -> context.contentType("text/plain; version=0.0.4").result(meters.scrape()));
    config.routes.error(
        HttpStatus.NOT_FOUND.getCode(),
        context -> {
          if (!HttpGuard.isProblem(context)) {
            problem(context, HttpStatus.NOT_FOUND, "there is nothing at " + context.path());
          }
        });
  }

  private void incidents(Context context) {
    String state = context.queryParamMap().isEmpty() ? "open" : context.queryParam("state");
    if (state == null || !Set.of("open", "all").contains(state)) {
      problem(context, HttpStatus.BAD_REQUEST, "the one parameter is state=open or state=all");
      return;
    }
    context.json(views.incidents(state.equals("all")));
  }

  private void incident(Context context) {
    views
        .incident(context.pathParam("id"))
        .ifPresentOrElse(
            context::json,
            () ->
                problem(
                    context,
                    HttpStatus.NOT_FOUND,
                    "no incident has this id; /api/v1/incidents?state=all lists them"));
  }

  private void deliveries(Context context) {
    if (!Set.of("incident").containsAll(context.queryParamMap().keySet())) {
      problem(context, HttpStatus.BAD_REQUEST, "the one parameter is incident=ID");
      return;
    }
    context.json(views.deliveries(context.queryParam("incident")));
  }

  private void ready(Context context) {
    Readiness now = readiness.get();
    context.status(now.ready() ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE).json(now);
  }

  /**
   * Opens the port.
   *
   * @param port 0 for any free one
   * @return the port
   */
  public int start(int port) {
    javalin.start(HOST, port);
    return javalin.port();
  }

  @Override
  public void close() {
    stream.close();
    javalin.stop();
  }
}
