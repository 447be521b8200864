package io.tocsin.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * FlinkDeployment as the operator's own CustomResourceDefinition has it, unknown fields refused
 * (the API server drops them).
 */
final class FlinkType {

  private static final String DEFINITION =
      "/META-INF/fabric8/flinkdeployments.flink.apache.org-v1.yml";

  /** Known to later operators than the newest one that Maven Central serves. */
  private static final String NEWER_FLINK = "v2_2";

  private static final Schema SCHEMA = schema();

  private FlinkType() {}

  static boolean is(JsonNode json) {
    return json.path("kind").asText().equals("FlinkDeployment");
  }

  static List<String> problems(JsonNode json) {
    return SCHEMA.validate(json).stream().map(Error::toString).toList();
  }

  private static Schema schema() {
    try (InputStream in = FlinkType.class.getResourceAsStream(DEFINITION)) {
      JsonNode definition = new ObjectMapper(new YAMLFactory()).readTree(in);
      ObjectNode type = (ObjectNode) definition.at("/spec/versions/0/schema/openAPIV3Schema");
      ((ArrayNode) type.at("/properties/spec/properties/flinkVersion/enum")).add(NEWER_FLINK);
      ObjectNode top = (ObjectNode) type.path("properties");
      top.putObject("apiVersion").put("const", "flink.apache.org/v1beta1");
      top.putObject("kind").put("const", "FlinkDeployment");
      top.putObject("metadata").put("type", "object");
      close(type);
      type.putArray("required").add("apiVersion").add("kind").add("metadata").add("spec");
      return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(type);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  /** Nothing but what is named; metadata of our own is the API server's affair. */
  private static void close(JsonNode schema) {
    if (schema instanceof ObjectNode object
        && object.has("properties")
        && !object.has("additionalProperties")
        && !object.has("x-kubernetes-preserve-unknown-fields")) {
      object.put("additionalProperties", false);
    }
    schema.forEach(FlinkType::close);
  }
}
