package io.tocsin.collectors.app.receiver;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tocsin.collectors.app.event.Events;
import io.tocsin.collectors.app.figure.Malformed;
import java.util.Set;

/**
 * Business events. All accepted: 202. Some not: 400 with problem details (RFC 9457) that name those
 * by index and say how many were accepted; only the rejected ones are to be sent again.
 */
final class EventsEndpoint implements Endpoint {

  private static final String PROBLEM = "application/problem+json";

  @Override
  public Set<String> contentTypes() {
    return Set.of("application/json");
  }

  @Override
  public Answer take(Request request, FigureQueue.Intake intake, Rejections rejections)
      throws Malformed {
    ArrayNode errors = JsonNodeFactory.instance.arrayNode();
    int events =
        Events.read(
            request.body(),
            request.length(),
            intake::add,
            (index, what) -> {
              if (rejections.add(what)) {
                errors.addObject().put("index", index).put("reason", what);
              }
            });
    int rejected = rejections.count();
    if (rejected == 0) {
      return Answer.json(202, JsonNodeFactory.instance.objectNode().put("accepted", events));
    }
    ObjectNode problem =
        problem(400, "%d of %d events were not accepted".formatted(rejected, events));
    problem.put("accepted", events - rejected);
    problem.put("rejected", rejected);
    problem.set("errors", errors);
    return Answer.json(400, PROBLEM, problem);
  }

  @Override
  public Answer refusal(int status, String why, String contentType) {
    return Answer.json(status, PROBLEM, problem(status, why));
  }

  private static ObjectNode problem(int status, String detail) {
    String title =
        switch (status) {
          case 400 -> "Bad Request";
          case 401 -> "Unauthorized";
          case 403 -> "Forbidden";
          case 405 -> "Method Not Allowed";
          case 413 -> "Content Too Large";
          case 415 -> "Unsupported Media Type";
          case 429 -> "Too Many Requests";
          default -> "Internal Server Error";
        };
    return JsonNodeFactory.instance
        .objectNode()
        .put("type", "about:blank")
        .put("title", title)
        .put("status", status)
        .put("detail", detail);
  }
}
