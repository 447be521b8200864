package io.tocsin.collectors.app.receiver;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tocsin.collectors.app.figure.Malformed;
import io.tocsin.collectors.app.figure.TextCache;
import io.tocsin.collectors.app.influx.LineProtocol;
import io.tocsin.collectors.app.influx.Precision;
import java.util.Set;

/**
 * The write APIs of InfluxDB, v1 and v2, which differ in nothing that matters here: bucket, org, db
 * and retention policy are not looked at. Good lines are taken whatever the others look like; the
 * answer then is 400 and names the bad ones, with the keys that both generations of clients read.
 */
final class InfluxEndpoint implements Endpoint {

  /** Strings of earlier bodies, per thread that reads them. */
  private final ThreadLocal<TextCache> texts = ThreadLocal.withInitial(TextCache::new);

  @Override
  public Set<String> contentTypes() {
    // Clients send text/plain, none, or whatever their HTTP library puts there.
    return Set.of();
  }

  @Override
  public Answer take(Request request, FigureQueue.Intake intake, Rejections rejections)
      throws Malformed {
    Precision precision =
        Precision.of(request.parameter("precision"))
            .orElseThrow(() -> new Malformed("precision is none of ns, us, ms, s, m, h"));
    ArrayNode errors = JsonNodeFactory.instance.arrayNode();
    LineProtocol.BadLines badLines =
        (line, what) -> {
          if (rejections.add(what)) {
            errors.addObject().put("line", line).put("message", what);
          }
        };
    int lines =
        new LineProtocol(precision, texts.get(), intake::add, badLines)
            .read(request.body(), request.length());
    if (rejections.count() == 0) {
      return Answer.NO_CONTENT;
    }
    int first = errors.get(0).get("line").asInt();
    String message =
        "partial write: %d of %d lines were not accepted; line %d: %s"
            .formatted(rejections.count(), lines, first, errors.get(0).get("message").textValue());
    ObjectNode body = body("invalid", message);
    body.put("line", first);
    body.put("rejected", rejections.count());
    body.set("errors", errors);
    return Answer.json(400, body);
  }

  @Override
  public Answer refusal(int status, String why, String contentType) {
    String code =
        switch (status) {
          case 400, 415 -> "invalid";
          case 401 -> "unauthorized";
          case 403 -> "forbidden";
          case 405 -> "method not allowed";
          case 413 -> "request too large";
          case 429 -> "too many requests";
          default -> "internal error";
        };
    return Answer.json(status, body(code, why));
  }

  /** v2 clients read code and message, v1 clients read error. */
  private static ObjectNode body(String code, String message) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("code", code)
        .put("message", message)
        .put("error", message);
  }
}
