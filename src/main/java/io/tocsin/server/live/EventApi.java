package io.tocsin.server.live;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.javalin.http.sse.SseHandler;
import io.tocsin.server.access.Role;
import io.tocsin.server.http.Area;
import io.tocsin.server.http.Endpoint;
import io.tocsin.server.http.HttpGuard;
import io.tocsin.server.http.LiveConnections;
import io.tocsin.server.http.Query;
import io.tocsin.server.http.RequestProblem;
import java.util.List;
import java.util.Set;

/** Where pages listen. */
public final class EventApi implements Area {

  private static final String TYPE = "text/event-stream";

  private final EventStream stream;
  private final LiveConnections connections;

  /** To this stream, by as many connections as one caller may have. */
  public EventApi(EventStream stream, LiveConnections connections) {
    this.stream = stream;
    this.connections = connections;
  }

  @Override
  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get("/api/v1/events", Role.VIEWER)
            .does("live", "What changes, as server-sent events; Last-Event-ID resumes.")
            .query("areas", "of " + String.join(",", Areas.ALL) + "; all if not said")
            .query("resource", "id of the resource whose windows are wanted")
            .answersAs(TYPE)
            .by(this::open));
  }

  private void open(Context context) throws RequestProblem {
    Query query = new Query(context, "areas", "resource");
    Set<String> areas = query.words("areas", Areas.ALL);
    String resource = query.text("resource").orElse(null);
    query.check();
    String accepted = context.header("Accept");
    if (accepted == null || !accepted.contains(TYPE)) {
      HttpGuard.problem(
          context, HttpStatus.NOT_ACCEPTABLE, "events come as a stream: send Accept: " + TYPE);
      return;
    }
    new SseHandler(
            connections.bounded(
                client ->
                    stream.open(
                        client,
                        areas.isEmpty() ? Set.copyOf(Areas.ALL) : areas,
                        resource,
                        context.header("Last-Event-ID"))))
        .handle(context);
  }
}
