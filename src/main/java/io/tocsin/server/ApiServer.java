package io.tocsin.server;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.sse.SseHandler;
import io.javalin.http.staticfiles.Location;
import io.javalin.json.JavalinJackson;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.tocsin.server.access.AccessControl;
import io.tocsin.server.access.Role;
import io.tocsin.server.http.Area;
import io.tocsin.server.http.Endpoint;
import io.tocsin.server.http.HttpGuard;
import io.tocsin.server.http.Routes;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * The HTTP API and the console. Answers come from {@link Views}; what changes anything goes by way
 * of {@link CommandApi}. Listens on the loopback address only, and answers only to its names, so
 * that no page from elsewhere can reach it through a name of its own.
 */
public final class ApiServer implements AutoCloseable {

  private static final String HOST = "127.0.0.1";
  private static final int THREADS = 12;

  /** Version of uPlot, which is a part of its path; a test sees to it that it is there. */
  private static final String CHARTS = "1.6.30";

  private final IncidentStream stream;
  private final Routes routes;
  private final Javalin javalin;

  /**
   * A server for views; {@link #start} opens its port.
   *
   * @param more what it answers beside what it reads from the views
   */
  public ApiServer(
      Views views,
      Supplier<Readiness> readiness,
      PrometheusMeterRegistry meters,
      AccessControl access,
      List<Area> more) {
    this.stream = new IncidentStream(views);
    List<Area> areas = new ArrayList<>();
    areas.add(new IncidentApi(views));
    areas.add(new StandingApi(views));
    areas.add(new StatusApi(readiness, meters));
    areas.add(this::events);
    areas.addAll(more);
    this.routes = new Routes(areas, access);
    this.javalin = Javalin.create(this::configure);
  }

  private List<Endpoint> events() {
    return List.of(
        Endpoint.get("/api/v1/events", Role.VIEWER)
            .does("live", "What changes, as server-sent events.")
            .answersAs("text/event-stream")
            .by(new SseHandler(stream::open)));
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
    config.staticFiles.add(
        charts -> {
          charts.hostedPath = "/charts";
          charts.directory =
              "/META-INF/resources/webjars/uplot/" + CHARTS; // its dist has no entry of its own
          charts.location = Location.CLASSPATH;
        });
    config.routes.before(new HttpGuard(HttpGuard.LOOPBACK)::check);
    routes.addTo(config.routes);
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
