package io.tocsin.server.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.javalin.http.HandlerType;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import io.tocsin.schemas.AuditEntry;
import io.tocsin.schemas.AuditKind;
import io.tocsin.schemas.Examples;
import io.tocsin.schemas.HealOutcome;
import io.tocsin.schemas.HealResult;
import io.tocsin.schemas.Health;
import io.tocsin.schemas.PolicyEffect;
import io.tocsin.schemas.Resource;
import io.tocsin.schemas.ResourceKind;
import io.tocsin.schemas.topic.Topics;
import io.tocsin.server.ExampleServer;
import io.tocsin.server.access.Role;
import io.tocsin.server.http.Endpoint;
import io.tocsin.server.http.Parameter;
import io.tocsin.server.pipeline.PipelineApiTest;
import io.tocsin.server.security.SecurityApiTest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The document says what the server does, and the server does what the document says. */
class OpenApiTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** What stands for the parts of paths; whoever adds a part with a new name adds it here. */
  private static final Map<String, String> PARTS =
      Map.of("id", "a", "name", "cpu-saturated", "resource", "host/web-1");

  /** Other values for one path only. */
  private static final Map<String, String> ELSEWHERE = Map.of("/api/v1/heal/plans/{id}", "p");

  /** What has to be said to get an answer. */
  private static final Map<String, String> QUERIES =
      Map.of("/api/v1/history", "?resource=host/a&figure=cpu_percent,cores&last=2h&step=1h");

  /** Answers that never end. */
  private static final Set<String> STREAMS = Set.of("text/event-stream");

  private static ExampleServer server;
  private static ObjectNode document;

  @BeforeAll
  static void start() throws Exception {
    server = new ExampleServer();
    server.rules();
    server.incident("a");
    server.take(Topics.PROBES, Examples.probe(Health.UP, ExampleServer.NOW));
    server.take(
        Topics.RESOURCES,
        Resource.newBuilder()
            .setId("host/web-1")
            .setKind(ResourceKind.HOST)
            .setName("web-1")
            .setUpdatedAt(ExampleServer.NOW)
            .build());
    server.take(
        Topics.HEAL_RESULTS,
        HealResult.newBuilder()
            .setPlanId("p")
            .setIncidentId("a")
            .setAttempt(1)
            .setAction("restart-web")
            .setTargetId("container/web-1")
            .setOutcome(HealOutcome.VERIFIED)
            .setReason("it is well")
            .setAt(ExampleServer.NOW)
            .build());
    server.audited(
        AuditEntry.newBuilder()
            .setAt(ExampleServer.NOW)
            .setKind(AuditKind.STARTED)
            .setActor("responder/1"));
    server.take(Topics.VIOLATIONS, SecurityApiTest.violation("v", PolicyEffect.DENY, null));
    server.take(Topics.IMAGE_FINDINGS, SecurityApiTest.scan("bad:1", 2));
    server.take(Topics.REFUSALS, PipelineApiTest.refused(4, ExampleServer.NOW));
    server.take(Topics.DEAD_LETTERS, PipelineApiTest.letter(1));
    document = (ObjectNode) server.json("/api/v1/openapi.json");
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
  }

  @Test
  void isValidOpenApi() {
    SwaggerParseResult read = new OpenAPIV3Parser().readContents(document.toString());

    assertThat(read.getMessages()).isEmpty();
    assertThat(read.isOpenapi31()).isTrue();
    assertThat(read.getOpenAPI().getPaths()).hasSize(document.path("paths").size());
  }

  @Test
  void hasEveryRouteAndNoOther() {
    Set<String> routed = new TreeSet<>();
    for (Endpoint each : server.endpoints()) {
      routed.add(each.method().name().toLowerCase() + " " + OpenApiDocument.template(each.path()));
    }
    Set<String> written = new TreeSet<>();
    document
        .path("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .properties()
                    .forEach(method -> written.add(method.getKey() + " " + path.getKey())));

    assertThat(written).isEqualTo(routed);
    assertThat(routed).hasSize(server.endpoints().size());
  }

  @Test
  void everyOperationSaysWhatItDoesAndWhoMayAskIt() {
    Set<String> ids = new HashSet<>();
    for (Endpoint each : server.endpoints()) {
      JsonNode operation = operation(each);
      assertThat(operation.path("summary").asText()).as(each.path()).endsWith(".");
      assertThat(operation.path("tags").path(0).asText()).as(each.path()).isNotEmpty();
      assertThat(operation.path("x-role").asText()).isEqualTo(each.role().name());
      assertThat(operation.has("security")).isEqualTo(each.role() == Role.NOBODY);
      assertThat(ids.add(operation.path("operationId").asText())).as(each.path()).isTrue();
      assertThat(operation.path("responses").has("default")).isTrue();
      List<String> inPath = new ArrayList<>();
      for (String part : OpenApiDocument.template(each.path()).split("/")) {
        if (part.startsWith("{")) {
          inPath.add(part.substring(1, part.length() - 1));
        }
      }
      assertThat(each.parameters())
          .filteredOn(parameter -> parameter.place() == Parameter.Place.PATH)
          .extracting(Parameter::name)
          .as(each.path())
          .containsExactlyElementsOf(inPath);
    }
  }

  @TestFactory
  Stream<DynamicTest> realAnswersAreAsDeclared() {
    return server.endpoints().stream()
        .filter(each -> each.method() == HandlerType.GET)
        .filter(each -> !STREAMS.contains(each.mediaType()))
        .map(each -> DynamicTest.dynamicTest(each.path(), () -> check(each)));
  }

  private static void check(Endpoint endpoint) throws Exception {
    String path = OpenApiDocument.template(endpoint.path());
    for (Map.Entry<String, String> part : PARTS.entrySet()) {
      String value = ELSEWHERE.getOrDefault(endpoint.path(), part.getValue());
      path = path.replace("{" + part.getKey() + "}", value);
    }
    assertThat(path).as("PARTS says nothing of a part of this path").doesNotContain("{");
    HttpResponse<String> answer = server.get(path + QUERIES.getOrDefault(endpoint.path(), ""));
    JsonNode schema;
    if (answer.statusCode() == endpoint.status()) {
      assertThat(answer.headers().firstValue("Content-Type").orElseThrow())
          .startsWith(endpoint.mediaType());
      schema =
          operation(endpoint)
              .path("responses")
              .path(Integer.toString(endpoint.status()))
              .path("content")
              .path(endpoint.mediaType())
              .path("schema");
      if (!endpoint.mediaType().equals("application/json")) {
        return;
      }
      assertThat(schema.isMissingNode()).as("it answers JSON and declares no type").isFalse();
    } else {
      assertThat(answer.headers().firstValue("Content-Type").orElseThrow())
          .as(answer.body())
          .startsWith("application/problem+json");
      schema =
          document
              .at("/components/responses/Problem/content")
              .path("application/problem+json")
              .path("schema");
    }
    ObjectNode whole = JSON.createObjectNode();
    whole.put("$schema", "https://json-schema.org/draft/2020-12/schema");
    whole.setAll((ObjectNode) schema.deepCopy());
    whole.set("components", closed(document.path("components").deepCopy()));
    Schema compiled =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(whole.toString(), InputFormat.JSON);
    assertThat(compiled.validate(answer.body(), InputFormat.JSON))
        .as(answer.body().substring(0, Math.min(answer.body().length(), 2_000)))
        .isEmpty();
  }

  /** Whatever is answered has to be declared: here, nothing else may be there. */
  private static JsonNode closed(JsonNode components) {
    for (JsonNode schema : components.path("schemas")) {
      if (schema instanceof ObjectNode object
          && object.has("properties")
          && !object.has("additionalProperties")) {
        object.put("additionalProperties", false);
      }
    }
    return components;
  }

  private static JsonNode operation(Endpoint endpoint) {
    return document
        .path("paths")
        .path(OpenApiDocument.template(endpoint.path()))
        .path(endpoint.method().name().toLowerCase());
  }
}
