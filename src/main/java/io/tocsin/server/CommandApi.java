package io.tocsin.server;

import static io.tocsin.server.http.HttpGuard.problem;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.tocsin.schemas.Command;
import io.tocsin.schemas.CommandKind;
import io.tocsin.schemas.Silence;
import io.tocsin.server.access.Caller;
import io.tocsin.server.access.Peers;
import io.tocsin.server.access.Role;
import io.tocsin.server.http.Area;
import io.tocsin.server.http.Endpoint;
import io.tocsin.server.http.RequestProblem;
import io.tocsin.server.http.SameOrigin;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The part of the API that changes something: each request becomes a command on its topic, and is
 * answered with 202 and the command's id once the topic has it. What came of it is told by the
 * incident's timeline.
 *
 * <p>A page from elsewhere cannot send these requests: they have to be JSON, which a browser asks
 * leave for first and does not get, and an {@code Origin} other than ours is refused. Who asks, the
 * server says itself where it knows.
 */
public final class CommandApi implements Area {

  private static final int LARGEST_BODY = 64 << 10;
  private static final int PATIENCE_S = 10;

  private static final Map<String, CommandKind> ACTIONS =
      Map.of(
          "acknowledge", CommandKind.ACKNOWLEDGE,
          "release", CommandKind.RELEASE,
          "resolve", CommandKind.RESOLVE,
          "priority", CommandKind.REPRIORITISE,
          "note", CommandKind.NOTE);

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final Views views;
  private final CommandSink sink;
  private final Clock clock;

  /** What turns requests into commands; {@code sink} keeps them. */
  public CommandApi(Views views, CommandSink sink, Clock clock) {
    this.views = views;
    this.sink = sink;
    this.clock = clock;
  }

  @Override
  public List<Endpoint> endpoints() {
    List<Endpoint> all =
        new ArrayList<>(
            List.of(
                Endpoint.post("/api/v1/incidents/{id}/{action}", Role.RESPONDER)
                    .does("incidents", "Acknowledges, releases, re-prioritises, notes, resolves.")
                    .path("id", "the incident")
                    .path("action", "acknowledge, release, priority, note or resolve")
                    .takes(CommandRequest.class)
                    .answers(Map.class)
                    .by(this::incident),
                Endpoint.get("/api/v1/silences", Role.VIEWER)
                    .does(
                        "silences",
                        "Silences: those that hold, those to come, those that are over.")
                    .answersMany(SilenceView.class)
                    .by(context -> context.json(views.silences(clock.instant()))),
                Endpoint.post("/api/v1/silences", Role.RESPONDER)
                    .does("silences", "No pages for what matches, until a time.")
                    .takes(SilenceRequest.class)
                    .answers(Map.class)
                    .by(this::silence),
                Endpoint.post("/api/v1/silences/preview", Role.VIEWER)
                    .does("silences", "What a silence would hide now.")
                    .takes(SilenceRequest.class)
                    .answers(PreviewView.class)
                    .status(200)
                    .by(this::preview),
                Endpoint.delete("/api/v1/silences/{id}", Role.RESPONDER)
                    .does("silences", "Takes a silence back.")
                    .path("id", "the silence")
                    .query("by", "who asks, where the server does not know")
                    .answers(Map.class)
                    .by(this::unsilence)));
    all.addAll(new HealApi(views, this, clock).endpoints());
    return all;
  }

  private void incident(Context context) {
    CommandKind kind = ACTIONS.get(context.pathParam("action"));
    String id = context.pathParam("id");
    if (kind == null) {
      problem(
          context,
          HttpStatus.NOT_FOUND,
          "an incident takes " + String.join(", ", ACTIONS.keySet().stream().sorted().toList()));
    } else if (views.incident(id).isEmpty()) {
      problem(context, HttpStatus.NOT_FOUND, "no incident has this id");
    } else {
      handle(
          context,
          CommandRequest.class,
          request -> send(context, request.command(kind, id, clock.instant()), null));
    }
  }

  private void silence(Context context) {
    handle(
        context,
        SilenceRequest.class,
        request -> {
          Instant now = clock.instant();
          Silence silence = request.silence(now);
          // The incident book would refuse it later, and nobody would be there to hear why.
          List<String> problems = views.preview(silence).problems();
          if (!problems.isEmpty()) {
            throw new RequestProblem(problems);
          }
          send(context, SilenceRequest.command(silence, now), silence.getId());
        });
  }

  private void preview(Context context) {
    handle(
        context,
        SilenceRequest.class,
        request -> context.json(views.preview(request.silence(clock.instant()))));
  }

  private void unsilence(Context context) {
    if (isForeign(context)) {
      return;
    }
    String id = context.pathParam("id");
    String by;
    try {
      by = by(context, context.queryParam("by"));
    } catch (RequestProblem bad) {
      problem(context, HttpStatus.UNPROCESSABLE_CONTENT, bad.getMessage());
      return;
    }
    if (views.silences(clock.instant()).stream().noneMatch(view -> view.id().equals(id))) {
      problem(context, HttpStatus.NOT_FOUND, "no silence has this id");
      return;
    }
    send(
        context,
        Command.newBuilder()
            .setId(UUID.randomUUID().toString())
            .setKind(CommandKind.UNSILENCE)
            .setBy(by)
            .setAt(clock.instant())
            .setSilenceId(id)
            .build(),
        id);
  }

  /** What is done with a body that could be read. */
  interface Handler<T> {
    void handle(T body) throws RequestProblem;
  }

  static <T> void handle(Context context, Class<T> type, Handler<T> handler) {
    if (isForeign(context)) {
      return;
    }
    byte[] body = context.bodyAsBytes();
    String contentType = context.contentType();
    if (contentType == null || !contentType.startsWith("application/json")) {
      problem(context, HttpStatus.UNSUPPORTED_MEDIA_TYPE, "send application/json");
    } else if (body.length > LARGEST_BODY) {
      problem(context, HttpStatus.CONTENT_TOO_LARGE, "64 KiB are allowed");
    } else {
      try {
        handler.handle(signed(context, type, JSON.readValue(body, type)));
      } catch (JsonProcessingException bad) {
        problem(
            context, HttpStatus.BAD_REQUEST, "not what is expected: " + bad.getOriginalMessage());
      } catch (RequestProblem bad) {
        problem(context, HttpStatus.UNPROCESSABLE_CONTENT, bad.getMessage());
      } catch (IOException unreadable) {
        problem(context, HttpStatus.BAD_REQUEST, "the body cannot be read");
      }
    }
  }

  /** Answers a request of a page that is not ours. */
  static boolean isForeign(Context context) {
    if (!SameOrigin.isForeign(context, Peers.DIRECT)) {
      return false;
    }
    problem(context, HttpStatus.FORBIDDEN, "requests of other pages are not taken");
    return true;
  }

  /**
   * Who a change is by. Where the server knows who asks nobody has to say so, and nobody can say
   * that they are somebody else.
   *
   * @param said what the request says; null for nothing
   * @throws RequestProblem if that is not so
   */
  static String by(Context context, String said) throws RequestProblem {
    Caller caller = Caller.of(context);
    if (said == null || said.isBlank()) {
      return caller.by();
    }
    if (caller.isKnown() && !said.equals(caller.name())) {
      throw new RequestProblem(
          List.of("by: you are known as " + caller.name() + "; leave it out, or say the same"));
    }
    List<String> problems = new ArrayList<>();
    CommandRequest.name("by", said, problems);
    if (!problems.isEmpty()) {
      throw new RequestProblem(problems);
    }
    return said;
  }

  private static <T> T signed(Context context, Class<T> type, T body) throws RequestProblem {
    return body instanceof Signed signed
        ? type.cast(signed.withBy(by(context, signed.by())))
        : body;
  }

  void send(Context context, Command command, String silence) {
    try {
      sink.send(command).get(PATIENCE_S, TimeUnit.SECONDS);
      context
          .status(HttpStatus.ACCEPTED)
          .json(silence == null ? Map.of("command", command.getId()) : accepted(command, silence));
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException refused) {
      problem(
          context,
          HttpStatus.SERVICE_UNAVAILABLE,
          "the command could not be kept; send it again with the same id: " + command.getId());
    }
  }

  private static Map<String, Object> accepted(Command command, String silence) {
    return Map.of("command", command.getId(), "silence", silence);
  }
}
