package io.tocsin.server.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import io.tocsin.server.access.Role;
import io.tocsin.server.http.Area;
import io.tocsin.server.http.Endpoint;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** {@code GET /api/v1/openapi.json}: the document, made once, when somebody first asks for it. */
public final class OpenApiApi implements Area {

  private final Supplier<List<Endpoint>> routed;
  private @Nullable ObjectNode document;

  /** Of what a server routes; asked for only once all of it is known. */
  public OpenApiApi(Supplier<List<Endpoint>> routed) {
    this.routed = routed;
  }

  @Override
  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get("/api/v1/openapi.json", Role.VIEWER)
            .does("status", "What the API can do, as an OpenAPI 3.1 document.")
            .answers(JsonNode.class)
            .by(this::document));
  }

  private void document(Context context) {
    context.json(made());
  }

  private synchronized ObjectNode made() {
    if (document == null) {
      document = OpenApiDocument.of(routed.get());
    }
    return document;
  }
}
