package io.tocsin.collectors.app.receiver;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;

/** What clients of InfluxDB ask before they send anything; needs no token, tells nothing. */
final class Liveness {

  private static final Set<String> PINGS = Set.of("/ping", "/api/v2/ping");

  Answer answer(String path, String method) {
    boolean known = PINGS.contains(path) || path.equals("/health");
    if (known && !method.equals("GET") && !method.equals("HEAD")) {
      return Answer.json(405, body("invalid", "only GET and HEAD are possible here"));
    }
    if (PINGS.contains(path)) {
      return Answer.NO_CONTENT;
    }
    if (path.equals("/health")) {
      return Answer.json(
          200,
          JsonNodeFactory.instance
              .objectNode()
              .put("name", "tocsin")
              .put("message", "ready for queries and writes")
              .put("status", "pass"));
    }
    return Answer.json(404, body("not found", "there is nothing of that path"));
  }

  private static ObjectNode body(String code, String message) {
    return JsonNodeFactory.instance.objectNode().put("code", code).put("message", message);
  }
}
