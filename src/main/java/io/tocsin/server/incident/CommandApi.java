package io.tocsin.server.incident;

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
import io.tocsin.server.access.Caller;
import io.tocsin.server.access.Role;
import io.tocsin.server.http.Accepted;
import io.tocsin.server.http.Area;
import io.tocsin.server.http.Endpoint;
import io.tocsin.server.http.RequestProblem;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The part of the API that changes something: each request becomes a command on its topic, and is
 * answered with 202 and the command's id once the topic has it. What came of it is told by the
 * incident's timeline.
 *
 * <p>A page from elsewhere cannot send these requests: they have to be JSON, which a browser asks
 * leave for first and does not get, and an {@code Origin} other than ours is refused at the gate.
 * Who asks, the server says itself where it knows.
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

  private final Incidents incidents;
  private final CommandSink sink;
  private final Clock clock;

  /** What turns requests into commands; {@code sink} keeps them. */
  public CommandApi(Incidents incidents, CommandSink sink, Clock clock) {
    this.incidents = incidents;
    this.sink = sink;
    this.clock = clock;
  }

  @Override
  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.post("/api/v1/incidents/{id}/{action}", Role.RESPONDER)
            .does("incidents", "Acknowledges, releases, re-prioritises, notes, resolves.")
            .path("id", "the incident")
            .path("action", "acknowledge, release, priority, note or resolve")
            .takes(CommandRequest.class)
            .answers(Accepted.class)
            .by(this::incident));
  }

  private void incident(Context context) {
    CommandKind kind = ACTIONS.get(context.pathParam("action"));
    String id = context.pathParam("id");
    if (kind == null) {
      problem(
          context,
          HttpStatus.NOT_FOUND,
          "an incident takes " + String.join(", ", ACTIONS.keySet().stream().sorted().toList()));
    } else if (incidents.brief(id).isEmpty()) {
      problem(context, HttpStatus.NOT_FOUND, "no incident has this id");
    } else {
      handle(
          context,
          CommandRequest.class,
          request -> send(context, request.command(kind, id, clock.instant()), null));
    }
  }

  /** What is done with a body that could be read. */
  public interface Handler<T> {
    /** Does it. */
    void handle(T body) throws RequestProblem;
  }

  /** Reads the body of a request as JSON, and answers what is wrong with it. */
  public static <T> void handle(Context context, Class<T> type, Handler<T> handler) {
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

  /**
   * Who a change is by. Where the server knows who asks nobody has to say so, and nobody can say
   * that they are somebody else.
   *
   * @param said what the request says; null for nothing
   * @throws RequestProblem if that is not so
   */
  public static String by(Context context, String said) throws RequestProblem {
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

  /**
   * Keeps a command, and answers with its id.
   *
   * @param silence id of the silence that it is about; null if it is about none
   */
  public void send(Context context, Command command, String silence) {
    try {
      sink.send(command).get(PATIENCE_S, TimeUnit.SECONDS);
      context.status(HttpStatus.ACCEPTED).json(new Accepted(command.getId(), silence));
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException refused) {
      problem(
          context,
          HttpStatus.SERVICE_UNAVAILABLE,
          "the command could not be kept; send it again with the same id: " + command.getId());
    }
  }
}
