package io.tocsin.collectors.app.receiver;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.tocsin.collectors.Problem.Reason;
import io.tocsin.collectors.app.figure.Complaints;
import io.tocsin.collectors.app.figure.Malformed;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Lets requests in: path, method, token, size, encoding; hands the body to the endpoint of its path
 * and puts what that accepts into the queue. Whatever happens, a request is answered or its
 * connection closed, and a loss is counted.
 *
 * <p>Requests of browsers are refused: they bear an Origin, and no page has any business here, not
 * even on a machine where the port is reachable for it alone.
 */
final class Gate implements HttpHandler {

  private static final Set<String> NO_ENCODING = Set.of("", "identity");
  private static final Set<String> GZIP = Set.of("gzip", "x-gzip");

  private final Map<String, Endpoint> endpoints =
      Map.of(
          "/write", new InfluxEndpoint(),
          "/api/v2/write", new InfluxEndpoint(),
          "/v1/metrics", new OtlpEndpoint(),
          "/api/v1/events", new EventsEndpoint());

  private final Liveness liveness = new Liveness();
  private final Token token;
  private final int bodyLimit;
  private final BodyBudget budget;
  private final FigureQueue queue;
  private final Complaints complaints;

  /**
   * A gate.
   *
   * @param token that senders must present; null if none is asked for
   */
  Gate(Token token, int bodyLimit, FigureQueue queue, Complaints complaints) {
    this.token = token;
    this.bodyLimit = bodyLimit;
    // Two of the largest: one that is slow to come must not keep out all others.
    this.budget = new BodyBudget(2L * bodyLimit);
    this.queue = queue;
    this.complaints = complaints;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    String given = exchange.getRequestURI().getPath();
    String path = given == null ? "" : given;
    Endpoint endpoint = endpoints.get(path);
    try {
      if (endpoint == null) {
        send(exchange, liveness.answer(path, exchange.getRequestMethod()));
        return;
      }
      send(exchange, serve(exchange, path, endpoint));
    } finally {
      exchange.close();
    }
  }

  private Answer serve(HttpExchange exchange, String path, Endpoint endpoint) throws IOException {
    String type = mediaType(exchange.getRequestHeaders());
    try {
      check(exchange, endpoint, type);
      return take(exchange, path, endpoint, type);
    } catch (Refusal e) {
      drain(exchange, e.status());
      if (e.status() == 401) {
        exchange.getResponseHeaders().set("WWW-Authenticate", "Bearer");
      }
      count(e.status(), path, e.getMessage());
      if (e.status() == 429) {
        exchange.getResponseHeaders().set("Retry-After", "1");
      }
      return endpoint.refusal(e.status(), e.getMessage(), type);
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError defect) {
      complaints.add(Reason.INTERNAL, "app/receiver " + path, defect.toString());
      return endpoint.refusal(500, "the request could not be served", type);
    }
  }

  private void check(HttpExchange exchange, Endpoint endpoint, String type) throws Refusal {
    Headers headers = exchange.getRequestHeaders();
    if (headers.containsKey("Origin")) {
      throw new Refusal(403, "requests of browsers are not taken");
    }
    if (token != null && !token.isPresentedBy(headers.getFirst("Authorization"))) {
      throw new Refusal(401, "the token is missing or wrong");
    }
    if (!exchange.getRequestMethod().equals("POST")) {
      exchange.getResponseHeaders().set("Allow", "POST");
      throw new Refusal(405, "only POST is possible here");
    }
    if (!endpoint.contentTypes().isEmpty() && !endpoint.contentTypes().contains(type)) {
      throw new Refusal(
          415, "Content-Type must be one of " + String.join(", ", endpoint.contentTypes()));
    }
    String encoding = encoding(headers);
    if (!NO_ENCODING.contains(encoding) && !GZIP.contains(encoding)) {
      throw new Refusal(415, "Content-Encoding must be gzip or identity");
    }
    String length = headers.getFirst("Content-Length");
    if (length != null && length.length() < 19 && Long.parseLong(length) > limit(endpoint, type)) {
      throw new Refusal(413, "the body is longer than " + limit(endpoint, type) + " bytes");
    }
  }

  private int limit(Endpoint endpoint, String type) {
    return Math.min(bodyLimit, endpoint.bodyLimit(type));
  }

  /** Or a sender who is still sending gets a reset instead of the answer; strangers may. */
  private void drain(HttpExchange exchange, int status) throws IOException {
    if (status != 401 && status != 403) {
      InputStream in = exchange.getRequestBody();
      byte[] away = new byte[8 * 1024];
      int read = 0;
      for (int left = bodyLimit; left > 0 && read >= 0; left -= read) {
        read = in.read(away, 0, Math.min(away.length, left));
      }
    }
  }

  private Answer take(HttpExchange exchange, String path, Endpoint endpoint, String type)
      throws Refusal, IOException {
    boolean gzip = GZIP.contains(encoding(exchange.getRequestHeaders()));
    int limit = limit(endpoint, type);
    try (Body body = Body.read(exchange.getRequestBody(), gzip, limit, budget);
        FigureQueue.Intake intake = queue.begin()) {
      String query = exchange.getRequestURI().getRawQuery();
      Request request = new Request(query, type, body.bytes(), body.length());
      Rejections rejections = new Rejections("app/receiver " + path, complaints);
      Answer answer = endpoint.take(request, intake, rejections);
      intake.commit();
      return answer;
    } catch (Malformed e) {
      throw new Refusal(400, e.getMessage());
    } catch (FigureQueue.Full e) {
      throw e.forEver
          ? new Refusal(413, "more than %d figures at once; send fewer".formatted(queue.limit()))
          : Refusal.later("%d figures are waiting; send it again later".formatted(queue.limit()));
    }
  }

  private void count(int status, String path, String why) {
    Reason reason =
        switch (status) {
          case 401, 403 -> Reason.REFUSED;
          case 413, 429 -> Reason.OVER_LIMIT;
          default -> Reason.MALFORMED;
        };
    complaints.add(reason, "app/receiver " + path, "a request was refused: " + why);
  }

  private static String mediaType(Headers headers) {
    String type = headers.getFirst("Content-Type");
    if (type == null) {
      return "";
    }
    int parameters = type.indexOf(';');
    return (parameters < 0 ? type : type.substring(0, parameters)).strip().toLowerCase(Locale.ROOT);
  }

  private static String encoding(Headers headers) {
    String encoding = headers.getFirst("Content-Encoding");
    return encoding == null ? "" : encoding.strip().toLowerCase(Locale.ROOT);
  }

  private static void send(HttpExchange exchange, Answer answer) throws IOException {
    // Asking for the body is what lets the server keep the connection.
    exchange.getRequestBody();
    boolean empty = answer.body().length == 0 || exchange.getRequestMethod().equals("HEAD");
    if (answer.contentType() != null) {
      exchange.getResponseHeaders().set("Content-Type", answer.contentType());
    }
    exchange.sendResponseHeaders(answer.status(), empty ? -1 : answer.body().length);
    if (!empty) {
      exchange.getResponseBody().write(answer.body());
    }
  }
}
