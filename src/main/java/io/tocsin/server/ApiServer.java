package io.tocsin.server;

import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.compression.Gzip;
import io.javalin.config.JavalinConfig;
import io.javalin.http.staticfiles.Location;
import io.javalin.json.JavalinJackson;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.tocsin.server.access.AccessControl;
import io.tocsin.server.fleet.FleetApi;
import io.tocsin.server.fleet.FleetBoard;
import io.tocsin.server.http.Area;
import io.tocsin.server.http.Door;
import io.tocsin.server.http.Endpoint;
import io.tocsin.server.http.Json;
import io.tocsin.server.http.Routes;
import io.tocsin.server.incident.IncidentApi;
import io.tocsin.server.live.EventApi;
import io.tocsin.server.live.EventStream;
import io.tocsin.server.openapi.OpenApiApi;
import io.tocsin.server.story.StoryApi;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * The HTTP API and the console. Answers come from {@link Views}; what changes anything goes by way
 * of {@link CommandApi}. Where it listens, and who may ask what, its {@link Door} says; it answers
 * only to its names, so that no page from elsewhere can reach it through a name of its own.
 */
public final class ApiServer implements AutoCloseable {

  private static final int THREADS = 12;
  private static final int PACK_FAST = 1;

  /** Version of uPlot, which is a part of its path; a test sees to it that it is there. */
  private static final String CHARTS = "1.6.30";

  private final EventStream stream;
  private final LiveChanges live;
  private final Routes routes;
  private final Door door;
  private final Javalin javalin;

  /** A server for views, on the loopback address and without limits. */
  public ApiServer(
      Views views,
      Supplier<Readiness> readiness,
      PrometheusMeterRegistry meters,
      AccessControl access,
      Clock clock,
      StoryApi.Ladders ladders,
      List<Area> more) {
    this(views, readiness, meters, Door.here(access), clock, ladders, more);
  }

  /**
   * A server for views; {@link #start} opens its port.
   *
   * @param ladders what healing would try
   * @param more what it answers beside what it reads from the views
   */
  public ApiServer(
      Views views,
      Supplier<Readiness> readiness,
      PrometheusMeterRegistry meters,
      Door door,
      Clock clock,
      StoryApi.Ladders ladders,
      List<Area> more) {
    this.door = door;
    FleetBoard board =
        new FleetBoard(
            views.fleet(), views.windows(), views.bottlenecks(), views.incidents(), clock);
    this.stream = new EventStream(meters);
    this.live = new LiveChanges(views, board, readiness, stream);
    List<Area> areas = new ArrayList<>();
    areas.add(new IncidentApi(views.incidents()));
    areas.add(
        new FleetApi(
            views.fleet(), board, views.windows(), views.bottlenecks(), views.incidents()));
    areas.add(
        new StoryApi(
            views.incidents(),
            views.alerts(),
            views.deeds(),
            views.fleet(),
            board,
            views.bottlenecks(),
            ladders));
    areas.add(new StandingApi(views));
    areas.add(new StatusApi(readiness, meters));
    areas.add(new EventApi(stream, door.live()));
    areas.addAll(more);
    areas.add(new OpenApiApi(this::endpoints));
    this.routes = new Routes(areas, door.gate());
    this.javalin = Javalin.create(this::configure);
  }

  /** What it answers. */
  public List<Endpoint> endpoints() {
    return routes.endpoints();
  }

  private void configure(JavalinConfig config) {
    config.startup.showJavalinBanner = false;
    config.jetty.host = door.host();
    config.jetty.threadPool = new QueuedThreadPool(THREADS, 2);
    door.transport().speak(config);
    // A little larger at a third of the work: most of an answer's time would go into packing it.
    config.http.compressionStrategy = new CompressionStrategy(null, new Gzip(PACK_FAST));
    config.http.generateEtags = true; // of what has no cheaper one
    config.jsonMapper(new JavalinJackson(Json.mapper(), false));
    config.staticFiles.add("/io/tocsin/server/console", Location.CLASSPATH);
    config.staticFiles.add(
        charts -> {
          charts.hostedPath = "/charts";
          charts.directory =
              "/META-INF/resources/webjars/uplot/" + CHARTS; // its dist has no entry of its own
          charts.location = Location.CLASSPATH;
        });
    config.routes.before(door.guard()::check);
    routes.addTo(config.routes);
  }

  /**
   * Opens the port.
   *
   * @param port 0 for any free one
   * @return the port
   */
  public int start(int port) {
    live.start();
    javalin.start(door.host(), port);
    return javalin.port();
  }

  @Override
  public void close() {
    live.close();
    door.live().close();
    stream.close();
    javalin.stop();
  }
}
