package io.tocsin.server.openapi;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tocsin.server.access.Role;
import io.tocsin.server.http.Endpoint;
import io.tocsin.server.http.Parameter;
import io.tocsin.server.http.Problem;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The OpenAPI 3.1 document of endpoints: what is routed and nothing else, in the order of its
 * declaration. {@code x-role} is the least role a caller needs; 401 and 403 stand for all that need
 * one.
 */
public final class OpenApiDocument {

  /** Of the document's form. */
  static final String VERSION = "3.1.0";

  /** Of the API itself: the 1 in its paths. */
  private static final String API_VERSION = "1";

  private static final String PROBLEM = "#/components/responses/Problem";

  private final Schemas schemas = new Schemas();
  private final ObjectNode root = JsonNodeFactory.instance.objectNode();

  private OpenApiDocument() {}

  /** Of these endpoints. */
  public static ObjectNode of(List<Endpoint> endpoints) {
    return new OpenApiDocument().write(endpoints);
  }

  private ObjectNode write(List<Endpoint> endpoints) {
    root.put("openapi", VERSION);
    root.putObject("info")
        .put("title", "Tocsin")
        .put("version", API_VERSION)
        .put(
            "description",
            "Times are ISO 8601 in UTC, percentages 0 to 100. Errors are RFC 9457 problems. Answers"
                + " to GET carry an ETag. Texts of topics are for people and never markup.")
        .putObject("license")
        .put("name", "Apache-2.0")
        .put("identifier", "Apache-2.0");
    root.putArray("servers").addObject().put("url", "/");
    var tags = root.putArray("tags");
    new TreeSet<>(endpoints.stream().map(Endpoint::area).toList())
        .forEach(area -> tags.addObject().put("name", area));
    ObjectNode paths = root.putObject("paths");
    endpoints.forEach(
        each ->
            paths
                .withObjectProperty(template(each.path()))
                .set(each.method().name().toLowerCase(Locale.ROOT), operation(each)));
    components();
    return root;
  }

  /** {@code <id>} may hold slashes, which OpenAPI cannot say. */
  static String template(String path) {
    return path.replace('<', '{').replace('>', '}');
  }

  private ObjectNode operation(Endpoint endpoint) {
    ObjectNode operation = root.objectNode();
    operation.putArray("tags").add(endpoint.area());
    operation.put("operationId", operationId(endpoint)).put("summary", endpoint.summary());
    operation.put("x-role", endpoint.role().name());
    if (endpoint.role() == Role.NOBODY) {
      operation.putArray("security");
    }
    var parameters = operation.putArray("parameters");
    endpoint.parameters().forEach(each -> parameters.add(parameter(each)));
    if (endpoint.body() != null) {
      ObjectNode body = operation.putObject("requestBody").put("required", true);
      body.putObject("content")
          .putObject("application/json")
          .set("schema", schemas.of(endpoint.body()));
    }
    ObjectNode responses = operation.putObject("responses");
    responses.set(Integer.toString(endpoint.status()), answer(endpoint));
    if (endpoint.role() != Role.NOBODY) {
      responses.putObject("401").put("$ref", PROBLEM);
      responses.putObject("403").put("$ref", PROBLEM);
    }
    responses.putObject("default").put("$ref", PROBLEM);
    return operation;
  }

  /** {@code GET /api/v1/incidents/{id}/why} is {@code getIncidentsIdWhy}. */
  static String operationId(Endpoint endpoint) {
    StringBuilder id = new StringBuilder(endpoint.method().name().toLowerCase(Locale.ROOT));
    Stream.of(endpoint.path().replaceFirst("^/api/v1/", "/").split("[^A-Za-z0-9]+"))
        .filter(word -> !word.isEmpty())
        .forEach(
            word -> id.append(Character.toUpperCase(word.charAt(0))).append(word.substring(1)));
    return id.toString();
  }

  private ObjectNode parameter(Parameter parameter) {
    ObjectNode written = root.objectNode();
    boolean isPath = parameter.place() == Parameter.Place.PATH;
    written.put("name", parameter.name()).put("in", isPath ? "path" : "query");
    written.put("required", isPath).put("description", parameter.meaning());
    ObjectNode schema = written.putObject("schema").put("type", "string");
    if (!parameter.allowed().isEmpty()) {
      var words = schema.putArray("enum");
      parameter.allowed().forEach(words::add);
    }
    return written;
  }

  private ObjectNode answer(Endpoint endpoint) {
    ObjectNode answer = root.objectNode();
    answer.put("description", description(endpoint.status()));
    if (endpoint.paged()) {
      ObjectNode headers = answer.putObject("headers");
      header(headers, "Link", "the next page, with rel=\"next\"; none on the last", "string");
      header(headers, "X-Total-Count", "how many there are in all", "integer");
    }
    if (endpoint.answer() != null) {
      ObjectNode one = schemas.of(endpoint.answer());
      ObjectNode schema = one;
      if (endpoint.many()) {
        schema = root.objectNode().put("type", "array");
        schema.set("items", one);
      }
      answer.putObject("content").putObject(endpoint.mediaType()).set("schema", schema);
    } else if (!endpoint.mediaType().equals("application/json")) {
      answer
          .putObject("content")
          .putObject(endpoint.mediaType())
          .putObject("schema")
          .put("type", "string");
    }
    return answer;
  }

  private static void header(ObjectNode headers, String name, String meaning, String type) {
    headers.putObject(name).put("description", meaning).putObject("schema").put("type", type);
  }

  private static String description(int status) {
    return switch (status) {
      case 200 -> "The answer.";
      case 201 -> "Made.";
      case 202 -> "Kept; it is carried out by whoever reads the topic.";
      case 204 -> "Done.";
      case 302, 303 -> "Elsewhere.";
      default -> "Done, with status " + status + ".";
    };
  }

  private void components() {
    ObjectNode components = root.putObject("components");
    ObjectNode problem =
        components.putObject("responses").putObject("Problem").put("description", "What is wrong.");
    problem
        .putObject("content")
        .putObject(Problem.CONTENT_TYPE)
        .set("schema", schemas.of(Problem.class));
    ObjectNode ways = components.putObject("securitySchemes");
    ways.putObject("bearer").put("type", "http").put("scheme", "bearer");
    ways.putObject("session")
        .put("type", "apiKey")
        .put("in", "cookie")
        .put("name", "tocsin-session");
    components.set("schemas", schemas.definitions());
    var security = root.putArray("security");
    security.addObject().putArray("bearer");
    security.addObject().putArray("session");
  }
}
